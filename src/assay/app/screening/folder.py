"""Find résumé files in folders and ZIPs, screen them in one or many processes, and put them in rank order.

No database and no web framework: this is what ``assay screen`` runs on.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assay.app.documents.limits import document_limits
from assay.app.documents.reader import ContainedReader
from assay.app.screening.rules import load_rules
from assay.core.documents.archive import ArchiveRefused, list_members
from assay.core.documents.document import Document, Unreadable, UnreadableReason
from assay.core.roles.role import Role
from assay.core.screening.result import Flag, FlagKind, ScreeningResult, ScreeningStatus
from assay.core.screening.screen import screen, unscreened

_ZIP = ".zip"
_IN_FLIGHT_PER_PROCESS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to screen: the name to show, and its bytes or the sentence that says why there are none."""

    name: str
    content: bytes | None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Screened:
    """One file with its result. ``rank`` is 0 until all are known, and stays 0 for a file that needs a person.

    ``text`` is what was read from the file; empty unless it was asked to be kept.
    """

    name: str
    content_sha256: str
    result: ScreeningResult
    rank: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """What every process of a run needs to know: the role, where rules may be overridden, and what to keep."""

    role: Role
    rules_folder: Path | None = None
    keeps_text: bool = False


def find_candidates(paths: Sequence[Path]) -> Iterator[Candidate]:
    """Return every file under ``paths`` in the order of names, one in memory at a time; ZIPs are looked into.

    Hidden files and folders are left out, links to folders are not followed.
    """
    for path in paths:
        if not path.is_dir():
            yield from _of_file(path)
            continue
        for file in sorted(item for item in path.rglob("*") if _is_wanted(item, path)):
            yield from _of_file(file)


def count_files(paths: Sequence[Path]) -> int:
    """Return how many files (a ZIP counts once) there are to read, for showing progress."""
    return sum(sum(_is_wanted(item, path) for item in path.rglob("*")) if path.is_dir() else 1 for path in paths)


def screen_candidates(
    *, candidates: Iterable[Candidate], work: Work, processes: int, on_done: Callable[[], None] = lambda: None
) -> tuple[Screened, ...]:
    """Screen all and return them in rank order; the same files and rules give the same order and results.

    Files that need a person come last. Equal scores share a rank and stand in the order of their contents.
    """
    done = _many(candidates, work, processes) if processes > 1 else _one_by_one(candidates, work)
    gathered = []
    for screened in done:
        gathered.append(screened)
        on_done()
    return ranked(gathered)


def ranked(screened: Iterable[Screened]) -> tuple[Screened, ...]:
    """Put files in order of score, give ranks, and flag files whose content is the same as another's."""
    ordered = sorted(screened, key=_order)
    twins: dict[str, list[str]] = {}
    for item in ordered:
        twins.setdefault(item.content_sha256, []).append(item.name)
    placed: list[Screened] = []
    for place, item in enumerate(ordered, start=1):
        rank = place
        if placed and item.result.score == placed[-1].result.score:
            rank = placed[-1].rank
        if item.result.status is not ScreeningStatus.SCREENED:
            rank = 0
        others = [name for name in twins[item.content_sha256] if name != item.name]
        placed.append(replace(item, rank=rank, result=_with_twins(item.result, others)))
    return tuple(placed)


def _order(item: Screened) -> tuple[bool, float, str, str]:
    is_last = item.result.status is not ScreeningStatus.SCREENED
    return is_last, -item.result.score, item.content_sha256, item.name


def _with_twins(result: ScreeningResult, others: Sequence[str]) -> ScreeningResult:
    if not others:
        return result
    flag = Flag(kind=FlagKind.SAME_FILE, message=f"The same file is here more than once: {', '.join(others)}.")
    return replace(result, flags=(*result.flags, flag))


def _is_wanted(item: Path, root: Path) -> bool:
    return item.is_file() and not any(part.startswith(".") for part in item.relative_to(root).parts)


def _of_file(path: Path) -> Iterator[Candidate]:
    name = path.as_posix()
    if path.suffix.lower() == _ZIP:
        yield from _of_archive(path, name)
        return
    most = document_limits().max_bytes
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        yield Candidate(name=name, content=None, refusal=f"The file could not be opened: {error.strerror}.")
        return
    yield Candidate(name=name, content=content)


def _of_archive(path: Path, name: str) -> Iterator[Candidate]:
    try:
        with path.open("rb") as file:
            for member in list_members(archive=file, limits=document_limits()):
                yield Candidate(name=f"{name}/{member.name}", content=member.content, refusal=member.refusal)
    except ArchiveRefused as error:
        yield Candidate(name=name, content=None, refusal=str(error))
    except OSError as error:
        yield Candidate(name=name, content=None, refusal=f"The archive could not be opened: {error.strerror}.")


def _one_by_one(candidates: Iterable[Candidate], work: Work) -> Iterator[Screened]:
    with ContainedReader() as reader:
        for candidate in candidates:
            yield _screen_one(candidate, work, reader)


def _many(candidates: Iterable[Candidate], work: Work, processes: int) -> Iterator[Screened]:
    """Screen in several processes with a few files in flight, so that memory does not grow with the folder."""
    with ProcessPoolExecutor(max_workers=processes) as pool:
        waiting: set[Future[Screened]] = set()
        for candidate in candidates:
            waiting.add(pool.submit(_screen_in_process, candidate, work))
            if len(waiting) >= processes * _IN_FLIGHT_PER_PROCESS:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        while waiting:
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in done)


def _screen_in_process(candidate: Candidate, work: Work) -> Screened:
    return _screen_one(candidate, work, _process_reader())


@cache
def _process_reader() -> ContainedReader:
    return ContainedReader()


def _screen_one(candidate: Candidate, work: Work, reader: ContainedReader) -> Screened:
    rules = load_rules(work.rules_folder)
    digest = hashlib.sha256(candidate.content or b"").hexdigest()
    if candidate.content is None:
        digest = hashlib.sha256(candidate.name.encode("utf-8", "surrogateescape")).hexdigest()
        read: Document | Unreadable = Unreadable(reason=UnreadableReason.UNSUPPORTED, advice=candidate.refusal)
    else:
        read = reader.read(content=candidate.content, name=candidate.name)
    if isinstance(read, Unreadable):
        result = unscreened(unreadable=read, role=work.role, rules=rules)
        return Screened(name=candidate.name, content_sha256=digest, result=result)
    result = screen(document=read, role=work.role, rules=rules)
    text = read.text if work.keeps_text else ""
    return Screened(name=candidate.name, content_sha256=digest, result=result, text=text)
