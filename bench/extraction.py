"""How much longer than the bare text extractor reading takes, in processor time, both measured in the same run.

    python -m bench.extraction [-v] [FOLDER...]

The baseline opens each PDF with pypdfium2 and takes the text of every page; reading adds the order of columns,
hidden text, cleaning and offsets. Target: at most 1.3 times the baseline on pages whose order is left alone; pages
with mixed columns (1.8 % of 1,867 real ones) cost about twice the baseline, because every character is moved.
"""

import argparse
import gc
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

import pypdfium2

from assay.app.documents.limits import document_limits
from assay.core.documents.document import Document
from assay.core.documents.limits import Limits
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


def measure(content: bytes, limits: Limits) -> tuple[float, float]:
    """Return the processor time of the bare extractor and of reading, the best of several rounds in turn."""
    theirs, ours = [], []
    for _ in range(ROUNDS):
        gc.collect()
        theirs.append(seconds(partial(bare, content, limits.max_pages)))
        ours.append(seconds(partial(read_document, content=content, name="x.pdf", limits=limits)))
    return min(theirs), min(ours)


def group_of(content: bytes, limits: Limits) -> str:
    """Return which pages a file has: left in the order they were written, or with mixed columns put in order."""
    result = read_document(content=content, name="x.pdf", limits=limits)
    mixed = isinstance(result, Document) and any("mixed columns" in note for note in result.notes)
    return "mixed columns, put in order" if mixed else "left in order"


def main() -> int:
    """Print pages a second of both and their ratio; 1 when pages left in order miss the target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="folders of PDFs, else our own samples")
    parser.add_argument("-v", "--verbose", action="store_true", help="a line for each file")
    chosen = parser.parse_args()
    limits, is_verbose, folders = document_limits(), chosen.verbose, chosen.folders or [FIXTURES]
    totals: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for folder in folders:
        for path, content, pages in readable(folder.rglob("*.pdf")):
            row = (min(pages, limits.max_pages), *measure(content, limits))
            for name in (group_of(content, limits), f"folder {folder.name}", *([path.name] if is_verbose else [])):
                totals[name] = [have + more for have, more in zip(totals[name], row, strict=True)]
    print(f"{'corpus':<44}{'pages':>6}{'bare p/s':>10}{'read p/s':>10}{'ratio':>7}")
    for name, (pages_read, bare_time, read_time) in sorted(totals.items()):
        rates = (pages_read / bare_time, pages_read / read_time, read_time / bare_time)
        print(f"{name[:43]:<44}{pages_read:>6.0f}{rates[0]:>10.0f}{rates[1]:>10.0f}{rates[2]:>7.2f}")
    _, bare_time, read_time = totals["left in order"]
    return 0 if read_time <= TARGET * bare_time else 1


if __name__ == "__main__":
    sys.exit(main())
