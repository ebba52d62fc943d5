"""A backup is one file, and putting it back gives the same installation."""

import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.folders import enterable_folder
from tests.runtime.installation import Installation

from assay.runtime.backup.verify import DamagedBackup, NotABackup, verify_backup
from assay.runtime.postgres.cluster import Cluster, running_cluster

STORE_DOCUMENTS = """
from assay.platform.files.actions import store_bytes
for number in range(3):
    store_bytes(content=b"resume %d" % number, media_type="text/plain")
"""
LOSE_DOCUMENTS = """
from django.conf import settings
from django.db import connection
from assay.platform.files.actions import store_bytes
import shutil
connection.cursor().execute("DELETE FROM files_storedfile")
shutil.rmtree(settings.FILES_DIR)
store_bytes(content=b"newer than the backup")
"""
LIST_DOCUMENTS = """
from pathlib import Path
from django.conf import settings
from assay.platform.files.models import StoredFile
from assay.platform.files.reading import read_stored
for stored in StoredFile.objects.order_by("id"):
    print(read_stored(sha256=stored.sha256).decode())
print(len([path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()]), "files")
"""
ALL_THREE = "resume 0\nresume 1\nresume 2\n3 files\n"


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with enterable_folder() as folder, running_cluster(folder / "data", is_durable=False) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def installation(cluster: Cluster) -> Installation:
    installation = Installation(cluster.layout.data_folder)
    done = installation.assay("migrate")
    assert done.returncode == 0, done.stderr
    installation.script(STORE_DOCUMENTS)
    return installation


@pytest.fixture(scope="module")
def backup(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("kept") / "backup.tar"
    done = installation.assay("backup", str(file))
    assert done.returncode == 0, done.stderr
    assert "3 documents" in done.stdout
    return file


@pytest.mark.slow
def test_what_was_lost_after_a_backup_comes_back(installation: Installation, backup: Path) -> None:
    installation.script(LOSE_DOCUMENTS)
    assert "newer than the backup" in installation.script(LIST_DOCUMENTS)
    refused = installation.assay("restore", str(backup))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    done = installation.assay("restore", "--force", str(backup))
    assert done.returncode == 0, done.stderr
    assert installation.script(LIST_DOCUMENTS) == ALL_THREE


@pytest.mark.slow
def test_a_backup_restores_into_an_empty_installation(backup: Path, own_folder: Path) -> None:
    fresh = Installation(own_folder / "data")
    done = fresh.assay("restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert fresh.script(LIST_DOCUMENTS) == ALL_THREE


@pytest.mark.slow
def test_a_restore_is_refused_while_something_is_connected(
    cluster: Cluster, installation: Installation, backup: Path
) -> None:
    import psycopg

    with psycopg.connect(cluster.url()):
        done = installation.assay("restore", "--force", str(backup))
    assert done.returncode == 1
    assert "Stop Assay" in done.stderr


@pytest.mark.slow
def test_a_backup_of_a_newer_version_is_refused(installation: Installation, backup: Path, tmp_path: Path) -> None:
    newer = tmp_path / "newer.tar"

    def add_unknown_migration(manifest: dict[str, object]) -> None:
        manifest["migrations"] = ["roles.0999_from_the_future"]

    rewrite(backup, newer, change_manifest=add_unknown_migration)
    done = installation.assay("restore", "--force", str(newer))
    assert done.returncode == 1
    assert "Update Assay first" in done.stderr


@pytest.mark.slow
def test_a_missing_document_is_named_and_the_rest_is_saved(
    installation: Installation, backup: Path, tmp_path: Path
) -> None:
    lost = next((installation.data / "files").glob("*/*/*"))
    content = lost.read_bytes()
    lost.unlink()
    try:
        done = installation.assay("backup", str(tmp_path / "partial.tar"))
    finally:
        lost.write_bytes(content)
    assert done.returncode == 1
    assert "1 documents named in the database are missing" in done.stderr
    manifest = verify_backup(tmp_path / "partial.tar")
    assert manifest.missing == (lost.name,)
    assert len(manifest.documents) == 2


@pytest.mark.slow
def test_the_signing_key_is_saved_only_when_asked(installation: Installation, backup: Path, tmp_path: Path) -> None:
    assert "secret_key" not in verify_backup(backup).members
    assert installation.assay("backup", "--with-key", str(tmp_path / "key.tar")).returncode == 0
    with tarfile.open(tmp_path / "key.tar") as archive:
        member = archive.extractfile("secret_key")
        assert member is not None
        assert member.read().decode() == (installation.data / "secret_key").read_text()


@pytest.mark.slow
def test_a_backup_that_cannot_be_written_leaves_nothing_behind(installation: Installation, tmp_path: Path) -> None:
    done = installation.assay("backup", str(tmp_path / "no such folder" / "backup.tar"))
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_backup_is_readable_by_its_owner_alone(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95, 0.999])
def test_a_cut_off_backup_is_refused(backup: Path, tmp_path: Path, share: float) -> None:
    cut = tmp_path / "cut.tar"
    content = backup.read_bytes().rstrip(b"\0")
    cut.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(DamagedBackup):
        verify_backup(cut)


@pytest.mark.slow
def test_one_changed_byte_in_the_database_is_noticed(backup: Path, tmp_path: Path) -> None:
    with tarfile.open(backup) as archive:
        place = archive.getmember("database.dump").offset_data + 1000
    content = bytearray(backup.read_bytes())
    content[place] ^= 1
    changed = tmp_path / "changed.tar"
    changed.write_bytes(content)
    with pytest.raises(DamagedBackup, match=r"database\.dump"):
        verify_backup(changed)


def test_files_of_other_programs_are_refused(tmp_path: Path) -> None:
    text = tmp_path / "letter.txt"
    text.write_text("Dear recruiter, " * 200)
    with pytest.raises((NotABackup, DamagedBackup)):
        verify_backup(text)
    foreign = tmp_path / "foreign.tar"
    with tarfile.open(foreign, "w") as archive:
        archive.add(text, "letter.txt")
    with pytest.raises(NotABackup):
        verify_backup(foreign)


@pytest.mark.parametrize("name", ["../escape", "/etc/passwd", "files/../../x", "files/short", "database.dump.sh"])
def test_a_member_that_no_backup_holds_is_refused(tmp_path: Path, name: str) -> None:
    hostile = tmp_path / "hostile.tar"
    with tarfile.open(hostile, "w") as archive:
        add(archive, "assay-backup.json", b'{"format": 1}')
        add(archive, name, b"x")
    with pytest.raises(DamagedBackup, match="never does"):
        verify_backup(hostile)


def test_a_backup_of_an_unknown_form_is_refused(tmp_path: Path) -> None:
    later = tmp_path / "later.tar"
    with tarfile.open(later, "w") as archive:
        add(archive, "assay-backup.json", b'{"format": 99}')
    with pytest.raises(NotABackup, match="Update Assay"):
        verify_backup(later)


def add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def rewrite(source: Path, target: Path, *, change_manifest: object) -> None:
    assert callable(change_manifest)
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for entry in old:
            member = old.extractfile(entry)
            assert member is not None
            content = member.read()
            if entry.name == "manifest.json":
                manifest = json.loads(content)
                change_manifest(manifest)
                content = json.dumps(manifest).encode()
            add(new, entry.name, content)
