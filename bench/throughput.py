"""How many résumés a second one core screens from text: ``python -m bench.throughput``.

Screens the shipped labelled texts, under one role, after a warm-up, and counts processor time. Baseline: the
same texts cut into lower-case words, the least that any way of ranking has to do. The labelled texts are short, so
longer ones, each made of four of them, are measured as well.
"""

import argparse
import gzip
import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from assay.app.roles.catalogue import get_role
from assay.app.screening.rules import load_rules
from assay.core.documents.document import Document, DocumentKind, Page
from assay.core.screening.screen import screen
from bench.table import Line, print_table

TEXTS = Path(__file__).parent / "data" / "screening" / "dev.jsonl.gz"
ROLE = "ml-engineer"
LEAST_PER_SECOND = 50
ROUNDS = 3
WARM_UP = 20
_WORD = re.compile(r"\w+")


def document(text: str) -> Document:
    """Return plain text as a document of one page."""
    page = Page(number=1, width=0.0, height=0.0, start=0, end=len(text))
    return Document(kind=DocumentKind.TEXT, text=text, pages=(page,))


def words(text: str) -> list[str]:
    """Cut a text into words and do nothing else."""
    return _WORD.findall(text.lower())


def best_rate(work: Sequence[Callable[[], object]]) -> float:
    """Return how many pieces of work are done in a second of processor time, the best of some rounds."""
    for piece in work[:WARM_UP]:
        piece()
    rates = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for piece in work:
            piece()
        rates.append(len(work) / (time.process_time() - began))
    return max(rates)


def main() -> int:
    """Measure and print; exit 1 when too slow."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    with gzip.open(TEXTS, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    rules = load_rules()
    role = get_role(ROLE)
    lines = []
    for joined in (1, 4):
        texts = ["\n\n".join(row["text"] for row in rows[at : at + joined]) for at in range(0, len(rows), joined)]
        ours = [partial(screen, document=document(text), role=role, rules=rules) for text in texts]
        bare = [partial(words, text) for text in texts]
        mean = sum(len(piece()) for piece in bare) / len(bare)
        lines.append(
            Line(
                f"résumés of {mean:.0f} words, screened a second of CPU",
                best_rate(ours),
                "/s",
                baseline=best_rate(bare),
                least=LEAST_PER_SECOND,
            )
        )
    return print_table(f"Screening from text, {len(rows)} résumés, rules {rules.version}", lines)


if __name__ == "__main__":
    sys.exit(main())
