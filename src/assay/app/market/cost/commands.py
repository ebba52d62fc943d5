"""``assay cost``: what a seat costs, with its uncertainty, with no server and no database."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TypedDict, Unpack

import click

from assay.app.market.cost.base_pay import BasePay, base_from_market, own_base
from assay.app.market.cost.catalogue import Ask, build_scenario, find_place, list_checks
from assay.app.market.cost.output import to_json, to_text
from assay.app.market.cost.reading import month_of, read_month, read_spread, read_starts
from assay.core.market.cost.inputs import CostError
from assay.core.market.cost.work_out import work_out
from assay.core.market.draws import DistributionError
from assay.knowledge.loading import KnowledgeError


class _Asked(TypedDict):
    """The options that make up the question, as click reads them."""

    base: str | None
    family: str | None
    level: str
    metro: str
    place: str
    currency: str
    months: int | None
    headcount: int
    opens: str | None
    starts: str
    juniors: int | None
    junior_yield: str | None
    changes: tuple[str, ...]
    seed: int | None


@click.command()
@click.option("--base", help="Base pay a year: 203000, 203k, or LOW:LIKELIEST:HIGH.")
@click.option("--family", help="Take base pay from the market desk: a family of titles or a role, such as ml-engineer.")
@click.option("--level", default="senior", show_default=True, help="With --family: junior, mid, senior or lead.")
@click.option("--metro", default="", help="With --family: a metropolitan area in the United States.")
@click.option("--place", default="US", show_default=True, help="Where the seat is, for the employer's contributions.")
@click.option("--currency", default="", help="Currency of all amounts (default: that of the place).")
@click.option("--months", type=int, help="How far ahead, from opening the seat: 1 to 60 (default 24).")
@click.option("--headcount", type=int, default=1, show_default=True, help="How many seats.")
@click.option("--opens", metavar="YYYY-MM", help="Month the seats open (default: this month).")
@click.option("--starts", default="", metavar="YYYY-MM,...", help="Months in which people start, for the budget.")
@click.option("--juniors", type=int, help="Compare one senior with so many juniors (default 2).")
@click.option("--yield", "junior_yield", help="A junior's output, of a senior's: 0.45 or 0.25:0.45:0.75.")
@click.option("--set", "changes", multiple=True, metavar="INPUT=VALUE",
              help="Change an input: bonus=0.15, benefits=0.10:0.15:0.22. Repeat it for more.")  # fmt: skip
@click.option("--seed", type=int, help="Seed of the draws; the same seed gives the same answer.")
@click.option("--rules", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="A folder whose files are used instead of the shipped files of the same name.")  # fmt: skip
@click.option("--json", "wants_json", is_flag=True, help="Write JSON (keys: docs/cost.md).")
def cost(folder: Path | None, wants_json: bool, **asked: Unpack[_Asked]) -> None:
    """Work out what a seat costs: a loaded year, ownership over a horizon, delay, budget, one senior or juniors."""
    try:
        answer = work_out(scenario=build_scenario(ask=_ask(asked), folder=folder))
        text = to_json(answer) if wants_json else to_text(answer=answer, checks=list_checks(folder=folder))
    except (CostError, DistributionError) as error:
        raise click.UsageError(f"{error.field}: {error}") from error
    except KnowledgeError as error:
        raise click.UsageError(str(error)) from error
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def _ask(asked: _Asked) -> Ask:
    opens = asked["opens"]
    first = read_month(text=opens, field="opens") if opens else month_of(today=datetime.now(UTC).date())
    pay = _base(asked)
    own_yield = [f"junior_yield={asked['junior_yield']}"] if asked["junior_yield"] else []
    return Ask(
        base=pay.points,
        from_market=pay.from_market,
        base_sources=pay.sources,
        base_note=pay.note,
        opens=first,
        place=asked["place"],
        currency=asked["currency"],
        months=asked["months"],
        headcount=asked["headcount"],
        juniors=asked["juniors"],
        starts=read_starts(text=asked["starts"], opens=first),
        seed=asked["seed"],
        changes=_changes((*asked["changes"], *own_yield)),
    )


def _base(asked: _Asked) -> BasePay:
    base, family = asked["base"], asked["family"]
    if base and family:
        raise CostError(field="base", message="Give either --base or --family, not both.")
    if family:
        home = find_place(place=asked["place"])
        currency = asked["currency"] or home.currency
        level, metro = asked["level"], asked["metro"]
        return base_from_market(family=family, level=level, country=home.id, metro=metro, currency=currency)
    if not base:
        raise CostError(field="base", message="Give the base pay, such as --base 203000, or --family and --level.")
    return own_base(read_spread(text=base, field="base", label="Base pay a year"))


def _changes(words: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    found = {}
    for word in words:
        name, mark, value = word.partition("=")
        if not mark:
            raise CostError(field="set", message=f"“{word[:60]}” must be an input and its value, such as bonus=0.15.")
        found[name.strip()] = read_spread(text=value, field=name.strip(), label=name.strip())
    return found
