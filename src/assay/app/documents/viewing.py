"""Pictures of pages and the places of quotes on them, drawn in the contained reader and kept in a cache folder.

The cache is named by content and may be deleted at any time; what is missing is drawn again.
"""

import contextlib
import hashlib
import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec
from django.conf import settings

from assay.app.documents.queries import DocumentView
from assay.app.documents.reader import CannotShow, ContainedReader
from assay.core.documents.document import Box
from assay.platform.files.reading import DamagedFile, read_stored

PAGE_WIDTH_PX = 1100
IDLE_SECONDS = 60.0
MOST_CACHE_BYTES = 512 * 1024 * 1024
WRITES_BETWEEN_TRIMS = 200

_log = logging.getLogger(__name__)

Boxes = tuple[tuple[Box, ...], ...]


class NoSuchPage(Exception):
    """Raised when a document has no picture of the page asked for; the message is for people."""


class NothingPlaced(Exception):
    """Raised when no quote could be placed, so that the empty answer is not kept and the next view tries again."""


class _Studio:
    """One contained reader for this process, shared in turn and put away when nobody needed it for a while."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reader: ContainedReader | None = None
        self._timer: threading.Timer | None = None
        self._writes = 0

    def render(self, *, content: bytes, page: int) -> bytes:
        with self._lock:
            return self._open().render_page(content=content, page=page, width_px=PAGE_WIDTH_PX)

    def locate(self, *, content: bytes, spans: Sequence[tuple[int, int]]) -> Boxes:
        with self._lock:
            return self._open().locate(content=content, spans=spans)

    def is_time_to_trim(self) -> bool:
        with self._lock:
            self._writes += 1
            return self._writes % WRITES_BETWEEN_TRIMS == 0

    def close(self) -> None:
        with self._lock:
            if self._reader is not None:
                self._reader.close()
            self._reader = None

    def _open(self) -> ContainedReader:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(IDLE_SECONDS, self.close)
        self._timer.daemon = True
        self._timer.start()
        if self._reader is None:
            self._reader = ContainedReader()
        return self._reader


_studio = _Studio()


def draw_page(*, document: DocumentView, page: int) -> bytes:
    """Return page ``page`` (from 1) of a PDF as PNG, ``PAGE_WIDTH_PX`` wide. Raises ``NoSuchPage``."""
    count = len(document.reading.pages) if document.reading else 0
    if not document.has_page_images or not 1 <= page <= count:
        raise NoSuchPage("There is no picture of that page.")

    def draw() -> bytes:
        try:
            return _studio.render(content=read_stored(sha256=document.sha256), page=page)
        except (CannotShow, DamagedFile) as error:
            raise NoSuchPage(str(error)) from error

    return _cached(f"{document.sha256}-{page}-{PAGE_WIDTH_PX}.png", draw)


def locate_spans(*, document: DocumentView, spans: Sequence[tuple[int, int]]) -> Boxes:
    """Return where each character range stands on the pages, in points; nothing for formats without pages."""
    if not document.has_page_images or not spans:
        return tuple(() for _ in spans)
    wanted = hashlib.sha256(msgspec.json.encode(list(spans))).hexdigest()[:24]

    def find() -> bytes:
        boxes = _studio.locate(content=read_stored(sha256=document.sha256), spans=spans)
        if not any(boxes):
            raise NothingPlaced("the reader found none of the quotes on the pages")
        return msgspec.json.encode(boxes)

    try:
        return msgspec.json.decode(_cached(f"{document.sha256}-{wanted}.json", find), type=Boxes)
    except (DamagedFile, NothingPlaced) as error:
        _log.warning("quotes could not be placed: %s", error)
        return tuple(() for _ in spans)


def close_studio() -> None:
    """End the reader's child process, if one runs."""
    _studio.close()


def trim_cache(*, most_bytes: int = MOST_CACHE_BYTES) -> int:
    """Delete the files that were written longest ago until the cache fits; return how many were deleted."""
    files = []
    for path in _folder().glob("*/*"):
        with contextlib.suppress(FileNotFoundError):  # another process trims too
            files.append(((found := path.stat()).st_mtime, found.st_size, path))
    surplus = sum(size for _, size, _ in files) - most_bytes
    deleted = 0
    for _, size, path in sorted(files):
        if surplus <= 0:
            break
        path.unlink(missing_ok=True)
        surplus -= size
        deleted += 1
    return deleted


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "cache" / "pages"


def _cached(name: str, make: Callable[[], bytes]) -> bytes:
    path = _folder() / name[:2] / name
    # After a power cut a file can be there without its content.
    with contextlib.suppress(OSError):
        if kept := path.read_bytes():
            return kept
    made = make()
    try:
        _write(path, made)
    except OSError as error:
        _log.warning("the page cache could not be written: %s", error)
    if _studio.is_time_to_trim():
        trim_cache()
    return made


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).replace(path)
