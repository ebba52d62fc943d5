"""One HTML file to read, print or send: the ranked list, and for each person the quotes behind every number.

It carries its own look, runs no scripts and fetches nothing.
"""

from collections.abc import Sequence
from html import escape

from assay.app.screening.folder import Screened
from assay.app.screening.rules import claim_labels
from assay.core.roles.role import Role
from assay.core.screening.result import Claim, CompetencyResult, ScreeningStatus, Verdict

_STYLE = """
:root{color-scheme:light dark;--paper:light-dark(#faf8f4,#171614);--sheet:light-dark(#fff,#1f1d1a);
--ink:light-dark(#22201c,#ece7de);--faint:light-dark(#6b655b,#a49c8f);--rule:light-dark(#e2dccf,#3a362f);
--gold:light-dark(#8a6400,#e2b84c);--wash:light-dark(#fdf0c8,#4a3a10);--red:light-dark(#a3271b,#ff8f80)}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);
font:16px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:64rem;margin:0 auto;padding:2rem 1rem 4rem}h1{font-size:1.6rem;line-height:1.2;margin:0 0 .4rem}
h2{font-size:1.05rem;margin:0}h3{font-size:.85rem;color:var(--faint);font-weight:600;margin:1.2rem 0 .4rem}
p{margin:.3rem 0;max-width:46rem}.faint{color:var(--faint)}.num{font-variant-numeric:tabular-nums;text-align:right}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid var(--rule);vertical-align:top}
th{color:var(--faint);font-weight:600}th.num,td.num{text-align:right}
article{background:var(--sheet);border:1px solid var(--rule);border-radius:8px;padding:1rem 1.2rem;margin:1rem 0}
summary{cursor:pointer;padding:.3rem 0;color:var(--faint)}
mark{background:var(--wash);color:inherit;padding:.05em .2em;border-radius:3px;
border-bottom:2px solid var(--gold)}blockquote{margin:.5rem 0;padding:0}
.met{color:var(--gold);font-weight:600}.missing{color:var(--red)}.chip{font-size:.8rem;color:var(--faint)}
.bar{position:relative;display:inline-block;width:8rem;height:.7rem;background:var(--rule);border-radius:3px}
.bar i,.bar b,.bar u{position:absolute;top:0;bottom:0;border-radius:3px}.bar i{background:var(--gold);opacity:.35}
.bar b{width:3px;background:var(--gold)}.bar u{width:1px;background:var(--ink)}
a{color:inherit}@media print{details{display:block}article{break-inside:avoid}}
"""
_VERDICTS = {Verdict.MET: "met", Verdict.UNCLEAR: "unclear", Verdict.MISSING: "not found"}


def to_html(*, screened: Sequence[Screened], role: Role) -> str:
    """Return the report as one HTML page; everything that came out of a file is escaped."""
    body = [
        f"<h1>{escape(role.title)}: {len(screened)} résumés</h1>",
        f"<p>{escape(role.problem)}</p>",
        '<p class="faint">Ranked by evidence in work and projects. Names, schools, titles, skills lists and hidden '
        "text carry no weight. Nobody is rejected by this list: it says what to read first and what to ask.</p>",
        _overview(screened),
        *(_article(item, place) for place, item in enumerate(screened)),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Screening: {escape(role.title)}</title><style>{_STYLE}</style></head>"
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


def _overview(screened: Sequence[Screened]) -> str:
    rows = []
    for place, item in enumerate(screened):
        result = item.result
        link = f'<a href="#r{place}">{escape(_title(item))}</a>'
        if result.status is not ScreeningStatus.SCREENED:
            detail = f'<td colspan="3">needs a person: {escape(result.status_detail)}</td>'
            rows.append(f'<tr><td class="num">-</td><td>{link}</td>{detail}</tr>')
            continue
        musts = ", ".join(_VERDICTS[must.verdict] for must in result.must_haves)
        likely = f"{result.interval.low:.0f}-{result.interval.high:.0f}"
        rows.append(
            f'<tr><td class="num">{item.rank}</td><td>{link}</td><td class="num">{result.score:.1f}</td>'
            f'<td class="num">{likely}</td><td>{escape(musts)}</td></tr>'
        )
    head = (
        '<th class="num">Rank</th><th>File</th><th class="num">Score</th><th class="num">Likely</th><th>Must-haves</th>'
    )
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def _article(item: Screened, place: int) -> str:
    result = item.result
    if result.status is not ScreeningStatus.SCREENED:
        return f'<article id="r{place}"><h2>{escape(item.name)}</h2><p>{escape(result.status_detail)}</p></article>'
    musts = "".join(
        f'<tr><td class="{must.verdict.value}">{_VERDICTS[must.verdict]}</td><td>{escape(must.label)}</td>'
        f"<td>{escape(must.why)}</td></tr>"
        for must in result.must_haves
    )
    parts = "".join(_competency(part) for part in result.competencies)
    counted = [claim for claim in result.claims if claim.counted]
    others = [claim for claim in result.claims if not claim.counted]
    flags = "".join(f"<p>{escape(flag.message)}</p>" for flag in result.flags)
    return (
        f'<article id="r{place}"><h2>{item.rank}. {escape(_title(item))}</h2>'
        f'<p class="faint">{escape(item.name)} · score {result.score:.2f}, likely {result.interval.low:.0f}'
        f"-{result.interval.high:.0f} · rules {escape(result.rules_version)}</p>"
        f'<h3>Must-haves</h3><div class="wide"><table>{musts}</table></div>'
        f'<h3>Competencies</h3><div class="wide"><table>{parts}</table></div>'
        f"{'<h3>To look at</h3>' + flags if flags else ''}"
        f"<h3>Evidence</h3>{_quotes(counted) or '<p>None found.</p>'}"
        f"<details><summary>{len(others)} statements that did not count, and why</summary>{_quotes(others)}</details>"
        "</article>"
    )


def _title(item: Screened) -> str:
    return item.result.contact.name or item.name


def _competency(part: CompetencyResult) -> str:
    low, high = part.interval.low * 25, part.interval.high * 25
    bar = (
        f'<span class="bar"><i style="left:{low:.0f}%;right:{100 - high:.0f}%"></i>'
        f'<b style="left:{part.level * 25:.0f}%"></b><u style="left:{part.bar * 25:.0f}%"></u></span>'
    )
    return (
        f"<tr><td>{escape(part.label)}</td><td>{bar}</td>"
        f'<td class="num">{part.level:.1f} <span class="chip">({part.interval.low:.1f}-{part.interval.high:.1f}, '
        f'bar {part.bar:g})</span></td><td class="num">{part.points:.2f} of {part.weight * 100:.1f}</td></tr>'
    )


def _quotes(claims: Sequence[Claim]) -> str:
    """Return each quote once, with all that was read from it."""
    labels = claim_labels()
    by_place: dict[tuple[int, int], list[Claim]] = {}
    for claim in claims:
        by_place.setdefault((claim.span.start, claim.span.end), []).append(claim)
    blocks = []
    for held in by_place.values():
        quote = escape(" ".join(held[0].span.quote.split()))
        points = sum(claim.points for claim in held)
        kinds = ", ".join(labels.get(claim.kind, claim.kind).lower() for claim in held)
        earned = f" · +{points:.2f}" if points else ""
        where = f"page {held[0].span.page}, characters {held[0].span.start}-{held[0].span.end}"
        blocks.append(
            f'<blockquote><mark>{quote}</mark><br><span class="chip">{escape(kinds)}{earned} · {where}<br>'
            f"{escape(held[0].why)}</span></blockquote>"
        )
    return "".join(blocks)
