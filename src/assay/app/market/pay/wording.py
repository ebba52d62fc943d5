"""Words of the pay desk that the page, the shell and the brief share."""

from math import floor, log10

from assay.core.market.pay.estimate import Labels, PayEstimate, pool_words
from assay.core.market.pay.placing import BandPlacement
from assay.core.market.pay.published import PublishedPay
from assay.core.market.pay.strata import Pool

_FIGURES = 3
_KINDS = {"base": "base", "total": "total pay", "pay": "base or total not said"}


def money(amount: float | None, currency: str) -> str:
    """Return money in three figures, such as ``USD 203,000``; a dash where there is none."""
    if amount is None:
        return "–"
    return f"{currency} {rounded(amount):,.0f}".strip()


def rounded(amount: float) -> float:
    """Return an amount in three figures: more would claim to know what nobody does."""
    return amount if amount <= 0 else round(amount, _FIGURES - 1 - floor(log10(amount)))


def plural_figures(count: int) -> str:
    """Return how many figures of pay there are."""
    return "1 figure" if count == 1 else f"{count:,} figures"


def years_words(years: tuple[int, ...]) -> str:
    """Return the years of the data."""
    return str(years[0]) if len(years) == 1 else f"{years[0]} to {years[-1]}"


def share_words(share: float) -> str:
    """Return a share in whole percent, without claiming that a small one is nothing."""
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def level_words(found: PayEstimate) -> str:
    """Return the level asked for, and the data's own where that is another."""
    asked = found.level.label.lower()
    return asked if asked == found.code_label.lower() else f"{asked} ({found.code_label} in the data)"


def pool_label(pool: Pool, found: PayEstimate) -> str:
    """Return which adverts a pool holds."""
    labels = Labels(found.family, found.family_label, found.code_label)
    return pool_words(pool=pool, labels=labels, country=found.place.name, region=found.place.region)


def published_words(row: PublishedPay) -> str:
    """Return a published figure as it was published."""
    ends = f"{row.low:,.0f}" if row.high is None else f"{row.low:,.0f} to {row.high:,.0f}"
    return f"{ends}{' and more' if row.open_top else ''}"


def kind_words(row: PublishedPay) -> str:
    """Return what a published figure counts."""
    return _KINDS.get(row.kind, row.kind)


def band_sentences(placement: BandPlacement, found: PayEstimate) -> tuple[str, ...]:
    """Return where a band stands, in sentences that say what each share means."""
    band = placement.band
    lines = [
        f"your band {money(band.low, found.currency)} to {money(band.high, '')} reaches from percentile "
        f"{placement.low_percentile:.0f} to {placement.high_percentile:.0f} of posted pay; its middle is at "
        f"{placement.middle_percentile:.0f}"
    ]
    ranges = placement.ranges
    if ranges is None:
        lines.append("  too few posted ranges are near enough to compare with")
    else:
        lines += [
            f"  of {ranges.ranges:,} posted ranges ({pool_label(ranges.pool, found)})",
            f"  {ranges.top_beaten:>5.0%}  end below your top: you can offer more than they can",
            f"  {ranges.middle_beaten:>5.0%}  have a middle below yours",
            f"  {ranges.reached:>5.0%}  start within your reach: your top is at least their bottom",
        ]
    return (*lines, *(f"! {warning}" for warning in placement.warnings))
