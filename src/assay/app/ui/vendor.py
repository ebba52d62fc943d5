"""Refreshes the front-end files of other people that we ship: ``python -m assay.app.ui.vendor NODE_MODULES``.

Reads packages already unpacked by npm, copies the few files we use, joins the icons into one sprite, and
writes a manifest (name, version, licence, sha256 of each file) beside them. Nobody needs npm to run Assay.
"""

import hashlib
import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

STATIC = Path(__file__).parent / "static" / "vendor"
SPRITE = "icons.svg"
_ICON_NAMES = """
    alarm-clock archive arrow-left arrow-right arrow-right-left at-sign badge-check ban banknote bell-off bot
    briefcase briefcase-business building-2 calculator calendar calendar-clock calendar-days check chevron-down
    chevron-left chevron-right chevron-up chevrons-up-down circle-check circle-dashed circle-dot circle-help
    circle-plus circle-x clipboard-check clipboard-list clock columns-3 command compass copy corner-down-left
    download ellipsis external-link eye eye-off file-text file-up filter flag folder-up gauge git-compare globe
    grip-vertical heart-handshake history hourglass house inbox info kanban key-round keyboard link list lock
    log-out mail map-pin megaphone menu merge message-square minus monitor moon moon-star octagon-alert
    paperclip pause pencil phone play plus printer quote reply rotate-ccw route rss save scale scroll-text
    search send settings shield shield-check split square-pen stamp star sun table-2 target timer trash-2
    trending-up triangle-alert undo-2 upload user user-check user-cog user-plus user-x users x zap
"""
ICONS = tuple(_ICON_NAMES.split())
FONTS = ("@fontsource-variable/inter", "@fontsource-variable/newsreader")
SUBSETS = ("latin", "latin-ext", "vietnamese")


@dataclass(frozen=True, slots=True)
class VendoredFile:
    """One file as shipped: where it came from, under which licence, and the sha256 of its bytes."""

    file: str
    name: str
    version: str
    licence: str
    sha256: str


def sha256_of(path: Path) -> str:
    """Return the hexadecimal sha256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def build_sprite(icon_folder: Path, names: Sequence[str]) -> str:
    """Join icons into one SVG of symbols named after their files. Raises ``FileNotFoundError`` for a missing one."""
    symbols = []
    for name in names:
        text = (icon_folder / f"{name}.svg").read_text()
        found = re.search(r"<svg[^>]*>(.*)</svg>", text, re.DOTALL)
        if found is None:
            raise ValueError(f"{name} is not an SVG icon")
        shapes = "".join(line.strip() for line in found.group(1).splitlines())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    body = "\n".join(symbols)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'


def refresh(node_modules: Path, target: Path = STATIC) -> None:
    """Copy the packages' files into ``target`` and write ``manifest.json`` beside them."""
    target.mkdir(parents=True, exist_ok=True)
    files = {
        "htmx.min.js": ("htmx.org", "dist/htmx.min.js"),
        "sortable.min.js": ("sortablejs", "Sortable.min.js"),
    }
    for font in FONTS:
        family = font.rsplit("/", 1)[1]
        for subset in SUBSETS:
            name = f"{family}-{subset}-wght-normal.woff2"
            files[name] = (font, f"files/{name}")
    entries = [_copy(node_modules, package, inside, target / name) for name, (package, inside) in files.items()]
    (target / SPRITE).write_text(build_sprite(node_modules / "lucide-static" / "icons", ICONS))
    entries.append(_entry(node_modules, "lucide-static", target / SPRITE))
    write_manifest(target, entries)
    for package in sorted({entry.name for entry in entries}):
        text = (node_modules / package / "LICENSE").read_text()
        (target / f"LICENSE.{package.rsplit('/', 1)[-1]}.txt").write_text(text)


def write_manifest(target: Path, entries: Sequence[VendoredFile]) -> None:
    """Write the manifest of a folder of vendored files, sorted by file name."""
    listing = [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.file)]
    (target / "manifest.json").write_text(json.dumps(listing, indent=2) + "\n")


def _copy(node_modules: Path, package: str, inside: str, path: Path) -> VendoredFile:
    path.write_bytes((node_modules / package / inside).read_bytes())
    return _entry(node_modules, package, path)


def _entry(node_modules: Path, package: str, path: Path) -> VendoredFile:
    about: Mapping[str, str] = json.loads((node_modules / package / "package.json").read_text())
    return VendoredFile(path.name, package, about["version"], about["license"], sha256_of(path))


if __name__ == "__main__":
    refresh(Path(sys.argv[1]))
