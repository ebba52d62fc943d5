"""Accepted means stored: the server is killed the moment it has said "thank you", and nothing is lost."""

import contextlib
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from tests.app.applying.kit import RESUME, form_of
from tests.runtime.installation import free_port

from assay.app.applying.models import Submission
from assay.app.clocks.models import Promise
from assay.app.documents.models import Document
from assay.app.messaging.models import Message
from assay.app.pipeline.models import Application
from assay.platform.files.reading import read_stored

SERVER = (
    "import sys; from granian import Granian; from granian.constants import Interfaces; "
    "Granian('assay.runtime.wsgi:application', address='127.0.0.1', port=int(sys.argv[1]), "
    "interface=Interfaces.WSGI, workers=1).serve()"
)


@pytest.fixture
def server(transactional_db: None, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A real web server on this test's database and files, in a process group of its own."""
    port, database = free_port(), connection.settings_dict
    host = database["HOST"] or ""
    url = f"postgresql://{database['USER']}:{database['PASSWORD']}@/{database['NAME']}?host={host}"
    if database["PORT"]:
        url += f"&port={database['PORT']}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "assay.runtime.settings",
        "DATABASE_URL": url,
        "ASSAY_DATA": str(tmp_path),
        "ASSAY_SECRET_KEY": django_settings.SECRET_KEY,
    }
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(port)],
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    while process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(address + "/health"):
            break
    yield process, address
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_what_was_thanked_for_is_there_after_kill_minus_nine(server, slug, job):
    process, address = server
    body, boundary = multipart(form=form_of(slug), name="Ada Byron", email="ada@example.org", agreed="on")
    request = urllib.request.Request(
        f"{address}/careers/{slug}/apply",
        data=body,
        headers={"Content-Type": f"multipart/form-data; boundary={boundary}"},
    )
    with urllib.request.urlopen(request) as response:
        page = response.read().decode()
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert "It is stored" in page
    application = Application.objects.get(job=job)
    assert application.person.email == "ada@example.org"
    assert Submission.objects.get().application_id == application.pk
    assert read_stored(sha256=Document.objects.get(application=application).stored_file.sha256) == RESUME
    assert Promise.objects.filter(application=application).count() == 1
    assert Message.objects.filter(thread__application=application, template="receipt").count() == 1


def multipart(**fields: str) -> tuple[bytes, str]:
    boundary = uuid.uuid4().hex
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="resume"; filename="cv.txt"\r\n\r\n'.encode()
    return b"".join([*parts, head, RESUME, f"\r\n--{boundary}--\r\n".encode()]), boundary
