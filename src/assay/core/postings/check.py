"""Check an advert, built here or pasted from anywhere: every finding says where, why, what to do and what says so."""

from dataclasses import dataclass
from datetime import date

from assay.core.postings.advert import Advert
from assay.core.postings.finding import CheckResult
from assay.core.postings.rules import PostingRules
from assay.core.roles.role import Role


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the laws ask about and the advert need not say; ``None`` is unknown and never counts as "does not apply".

    ``places`` (``US-CA``, ``US``, ``DE``, ``EU``, ``CA-ON``) are added to those of a built advert;
    ``screens_with_software`` is whether software ranks, scores or selects applicants.
    """

    employees: int | None = None
    places: tuple[str, ...] = ()
    screens_with_software: bool | None = None


UNKNOWN = Circumstances()


def check_advert(
    *,
    advert: Advert,
    rules: PostingRules,
    role: Role | None,
    as_of: date,
    circumstances: Circumstances = UNKNOWN,
) -> CheckResult:
    """Return what is wrong with a built advert on a day; with a role, must-haves are held against the role's own."""
    return CheckResult(findings=(), measures=(), passed=())


def check_text(
    *, text: str, rules: PostingRules, as_of: date, role: Role | None = None, circumstances: Circumstances = UNKNOWN
) -> CheckResult:
    """Return what is wrong with any advert given as text. Markup is text; findings' offsets count in ``text``.

    At most ``rules.shape.most_characters`` are checked, and a note says so where there are more.
    """
    return CheckResult(findings=(), measures=(), passed=())
