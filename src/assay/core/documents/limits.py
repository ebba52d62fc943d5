"""How much of a stranger's file Assay is willing to read, and what it takes to call text hidden or columns mixed.

The numbers themselves are knowledge (``knowledge/documents/limits.yaml``); here they only have names and units.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HiddenThresholds:
    """When text counts as kept from a reader's eyes.

    ``tiny_points`` is a font size in points, ``min_contrast`` a WCAG contrast ratio (1 to 21) and
    ``min_opacity`` a share of full opacity; text below any of them is hidden. A stretch of fewer than
    ``min_letters`` letters and digits says nothing (a page number, a dot used as a spacer) and is not marked.
    ``min_difference`` is how much (of 255) some pixel must change when a text is left out for it to be seen.
    """

    tiny_points: float
    min_contrast: float
    min_opacity: float
    min_letters: int
    min_difference: int


@dataclass(frozen=True, slots=True)
class ColumnThresholds:
    """When a page has two columns whose lines were written mixed, so that they must be put in order.

    ``join_gap`` and ``line_overlap`` are shares of a piece's height, ``edge_points`` is in points, and the
    others are shares of a page's width, of its pieces, or of their width, except ``min_jumps``, which is a count.
    """

    join_gap: float
    line_overlap: float
    middle: float
    max_crossing: float
    min_side: float
    min_shared_edge: float
    edge_points: float
    min_jumps: int
    jump_share: float


@dataclass(frozen=True, slots=True)
class HyphenRules:
    """Which programs break words by themselves (as a PDF names them), and which words start hyphenated compounds."""

    typesetters: tuple[str, ...]
    compound_starts: frozenset[str]


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How much of an uploaded ZIP is taken in: members, bytes inflated in all, and the steepest compression."""

    max_members: int
    max_inflated_bytes: int
    max_ratio: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost. Sizes are bytes, times are seconds."""

    max_bytes: int
    max_pages: int
    max_inflated_bytes: int
    max_entries: int
    max_characters: int
    max_render_pixels: int
    min_letters_per_page: int
    cpu_seconds: int
    wall_seconds: int
    memory_bytes: int
    idle_seconds: int
    calls_per_child: int
    hidden: HiddenThresholds
    columns: ColumnThresholds
    hyphens: HyphenRules
    archive: ArchiveLimits
