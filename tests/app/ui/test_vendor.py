"""Files of other people are the bytes we reviewed, and each is listed with its licence."""

import json
import re
from pathlib import Path

import pytest

from assay.app.ui.vendor import ICONS, SPRITE, STATIC, build_sprite, sha256_of

FOLDERS = (STATIC, Path(__file__).parents[2] / "e2e" / "vendor")


def _listing(folder: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((folder / "manifest.json").read_text())
    return found


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_vendored_file_has_the_bytes_of_its_manifest(folder: Path) -> None:
    for entry in _listing(folder):
        assert sha256_of(folder / entry["file"]) == entry["sha256"], entry["file"]
        assert entry["name"] and entry["licence"] and re.fullmatch(r"\d+\.\d+\.\d+", entry["version"])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_no_vendored_file_is_missing_from_its_manifest(folder: Path) -> None:
    listed = {entry["file"] for entry in _listing(folder)} | {"manifest.json"}
    present = {path.name for path in folder.iterdir() if not path.name.startswith("LICENSE.")}
    assert present == listed


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_vendored_package_comes_with_the_text_of_its_licence(folder: Path) -> None:
    for entry in _listing(folder):
        text = folder / f"LICENSE.{entry['name'].rsplit('/', 1)[-1]}.txt"
        assert len(text.read_text()) > 100


def test_the_sprite_holds_every_icon_once_and_no_script() -> None:
    sprite = (STATIC / SPRITE).read_text()
    assert tuple(re.findall(r'<symbol id="([^"]+)"', sprite)) == ICONS
    assert "script" not in re.sub(r'id="[^"]*"', "", sprite)


def test_a_sprite_is_made_of_the_shapes_inside_each_icon(tmp_path: Path) -> None:
    (tmp_path / "dot.svg").write_text('<!-- notice -->\n<svg class="x">\n  <path d="M1 1" />\n</svg>\n')
    assert '<symbol id="dot" viewBox="0 0 24 24"><path d="M1 1" /></symbol>' in build_sprite(tmp_path, ["dot"])


def test_a_file_that_is_not_an_icon_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dot.svg").write_text("not an icon")
    with pytest.raises(ValueError, match="dot is not an SVG icon"):
        build_sprite(tmp_path, ["dot"])
