"""How much longer than the bare text extractor reading takes, in processor time, both measured in the same run.

    python bench/extraction.py [FOLDER...]

The baseline opens each PDF with pypdfium2 and takes the text of every page; reading adds the order of columns,
hidden text, cleaning and offsets. Target: at most 1.3 times the baseline over the corpus.
"""

import gc
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pypdfium2

from assay.app.documents.limits import document_limits
from assay.core.documents.read import read_document

TARGET = 1.3
ROUNDS = 7
FIXTURES = Path(__file__).parent.parent / "tests" / "fixtures" / "documents"


def bare(content: bytes, most_pages: int) -> None:
    """Take the text of every page and nothing else."""
    document = pypdfium2.PdfDocument(content)
    for index in range(min(len(document), most_pages)):
        page = document[index]
        text = page.get_textpage()
        text.get_text_range()
        text.close()
        page.close()
    document.close()


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def readable(paths: Iterable[Path]) -> list[tuple[Path, bytes, int]]:
    """Return the PDFs that both can open, with their page counts."""
    found = []
    for path in sorted(paths):
        content = path.read_bytes()
        try:
            with pypdfium2.PdfDocument(content) as document:
                found.append((path, content, len(document)))
        except pypdfium2.PdfiumError:
            continue
    return found


def main(arguments: list[str]) -> int:
    """Print pages a second of both and their ratio, folder by folder; 1 when the target is missed."""
    limits = document_limits()
    folders = [Path(argument) for argument in arguments] or [FIXTURES]
    totals: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for folder in folders:
        corpus = readable(path for path in folder.rglob("*.pdf") if "bomb" not in path.name)
        for path, content, pages in corpus:
            ours: list[float] = []
            theirs: list[float] = []
            for _ in range(ROUNDS):
                gc.collect()
                theirs.append(seconds(partial(bare, content, limits.max_pages)))
                ours.append(seconds(partial(read_document, content=content, name="x.pdf", limits=limits)))
            for name in (folder.name, path.name if "-v" in sys.argv else "all"):
                for column, value in enumerate((min(pages, limits.max_pages), min(theirs), min(ours))):
                    totals[name][column] += value
    print(f"{'corpus':<44}{'pages':>6}{'bare p/s':>10}{'read p/s':>10}{'ratio':>7}")
    for name, (pages_read, bare_time, read_time) in totals.items():
        if bare_time:
            row = (pages_read / bare_time, pages_read / read_time, read_time / bare_time)
            print(f"{name[:43]:<44}{pages_read:>6.0f}{row[0]:>10.0f}{row[1]:>10.0f}{row[2]:>7.2f}")
    bare_time, read_time = totals["all"][1:] if totals["all"][1] else (1.0, 0.0)
    return 0 if read_time <= TARGET * bare_time else 1


if __name__ == "__main__":
    raise SystemExit(main([argument for argument in sys.argv[1:] if not argument.startswith("-")]))
