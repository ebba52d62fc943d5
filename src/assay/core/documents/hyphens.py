"""Join words that a typesetting program broke at the end of a line.

PDFium marks a hyphen at a line's end with U+FFFE. Programs that hyphenate by themselves (TeX, Typst, InDesign) put
it into whole words, so it goes; others only break where the writer typed a hyphen, so it stays.
"""

import re

from assay.core.documents.limits import HyphenRules

LINE_END_HYPHEN = "\ufffe"
_SOFT_HYPHEN = "\u00ad"
_BROKEN_WORD = re.compile(rf"(\w+){LINE_END_HYPHEN}(\w*)")


def is_typeset(*, producer: str, rules: HyphenRules) -> bool:
    """Tell whether a program that hyphenates by itself made the file; ``producer`` is how the file names it."""
    return any(name in producer for name in rules.typesetters)


def soften(*, raw: str, rules: HyphenRules) -> str:
    """Turn the line-end hyphens inside whole words of ``raw`` into soft ones, which cleaning takes out.

    The length stays the same. A hyphen stays where the two parts also stand hyphenated elsewhere, where the first
    is a word that compounds start with (fine-tuning), or where the second does not start with a small letter.
    """
    if LINE_END_HYPHEN not in raw:
        return raw

    def softened(broken: re.Match[str]) -> str:
        first, second = broken.groups()
        stays = not second[:1].islower() or first.lower() in rules.compound_starts or f"{first}-{second}" in raw
        return broken.group() if stays else f"{first}{_SOFT_HYPHEN}{second}"

    return _BROKEN_WORD.sub(softened, raw)
