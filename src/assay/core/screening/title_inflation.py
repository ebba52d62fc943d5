"""Does the work bear out the title? A question for the interview, never an accusation, and it moves no score."""

from collections.abc import Sequence

from assay.core.screening.dates import months_between
from assay.core.screening.result import Claim, Employment, Flag, FlagKind
from assay.core.screening.rules import FlagRules

PRODUCTION = frozenset({"deployed", "served", "monitored", "retrained", "incident", "ownership", "platform"})


def find_title_inflation(*, employment: Sequence[Employment], claims: Sequence[Claim], rules: FlagRules) -> Flag | None:
    """Return a flag when a machine-learning title stands over no work that shows running models."""
    titled = [position for position in employment if rules.title_claims.search(position.title)]
    titled = [position for position in titled if not rules.title_aspiring.search(position.title)]
    if not titled:
        return None
    shown = {claim.span for claim in claims if claim.counted and claim.kind in PRODUCTION}
    spans = tuple(position.span for position in titled)
    if len(shown) < rules.title_least_claims:
        so_many = "only one statement shows" if shown else "no statement shows"
        message = (
            f"The title is “{titled[0].title}”, but {so_many} a model put live, watched or answered for. "
            "Ask for one model they shipped: what they chose, what broke, what they would change."
        )
        return Flag(kind=FlagKind.TITLE_INFLATION, message=message, spans=spans)
    return _too_soon(titled, rules)


def _too_soon(titled: Sequence[Employment], rules: FlagRules) -> Flag | None:
    for position in titled:
        months = months_between(started=position.started, ended=position.ended)
        if months is None or months >= rules.senior_months or not rules.title_senior.search(position.title):
            continue
        message = f"A senior title was held for {months} months. Ask what they were answerable for."
        return Flag(kind=FlagKind.TITLE_INFLATION, message=message, spans=(position.span,))
    return None
