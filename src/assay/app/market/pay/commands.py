"""``assay market``: what is posted for a role, a level and a place, with no server and no database."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from assay.app.market.pay.answering import PayAnswer, PayQuestion, answer_pay
from assay.app.market.pay.output import listing, listing_text, to_json, to_text
from assay.app.market.pay.reading import OwnRecord, read_band, read_day, read_own_table, read_place
from assay.core.market.pay.question import PayQuestionError
from assay.knowledge.loading import KnowledgeError

_OPTIONS = {
    "family": "--family", "level": "--level", "country": "--place", "metro": "--place", "band": "--band",
    "currency": "--currency", "on": "--on", "rate": "--rate", "mapping": "--mapping", "file": "--own",
}  # fmt: skip


@click.command()
@click.option("--family", metavar="FAMILY|ROLE", help="A family of titles or a role's id (see --list).")
@click.option("--level", default="senior", show_default=True, help="junior, mid, senior or lead.")
@click.option("--place", default="US", show_default=True, metavar="COUNTRY[/METRO]", help="US, US/Austin, Germany.")
@click.option("--currency", default="USD", show_default=True, help="The currency to show, such as EUR.")
@click.option("--on", "on_text", default="", metavar="DATE", help="The day of the exchange rate (default: the last).")
@click.option("--rate", type=float, help="Your own rate: units of the currency for one US dollar.")
@click.option("--band", "band_text", default="", metavar="LOW-HIGH", help="Your band, a year: 150000-190000.")
@click.option("--mapping", default="", metavar="LEVEL=CODE,...", help="How levels are read in the data: senior=EX.")
@click.option("--own", "own_path", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Your own offers and pay, a CSV (columns: docs/market.md).")  # fmt: skip
@click.option("--rules", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="A folder whose files are used instead of the shipped ones of the same name.")  # fmt: skip
@click.option("--json", "wants_json", is_flag=True, help="Write JSON (keys: docs/market.md).")
@click.option("--list", "wants_list", is_flag=True, help="List families, roles, levels, places and currencies.")
def market(
    family: str | None,
    level: str,
    place: str,
    currency: str,
    on_text: str,
    rate: float | None,
    band_text: str,
    mapping: str,
    own_path: Path | None,
    rules: Path | None,
    wants_json: bool,
    wants_list: bool,
) -> None:
    """Show posted base pay: p10 to p90, how much data is behind it, and what else is said about it."""
    if wants_list:
        _write(json.dumps(listing(), ensure_ascii=False, indent=2, sort_keys=True) + "\n" if wants_json
               else listing_text())  # fmt: skip
        return
    if not family:
        raise click.UsageError("Say which titles: --family ml-engineer. “assay market --list” shows all there are.")
    country, metro = read_place(place)
    try:
        question = PayQuestion(
            family=family, level=level, country=country, metro=metro, currency=currency,
            on=read_day(on_text, field="on"), per_usd=rate, mapping=mapping, band=read_band(band_text),
            rules=rules,
        )  # fmt: skip
        answer = _answer(question, own_path)
    except PayQuestionError as error:
        option = _OPTIONS.get(error.field)
        raise click.UsageError(f"{option}: {error}" if option else str(error)) from error
    except KnowledgeError as error:
        raise click.UsageError(str(error)) from error
    _write(to_json(answer) if wants_json else to_text(answer))


def _answer(question: PayQuestion, own_path: Path | None) -> PayAnswer:
    today = datetime.now(tz=UTC).date()
    own: tuple[OwnRecord, ...] = ()
    if own_path is not None:
        try:
            table = read_own_table(own_path.read_text(encoding="utf-8-sig"), today=today)
        except (OSError, UnicodeDecodeError) as error:
            raise PayQuestionError(field="file", message=f"{own_path.name} cannot be read as UTF-8 text.") from error
        if table.problems:
            shown = "\n".join(f"  line {one.line}, {one.column}: {one.message}" for one in table.problems[:20])
            more = f"\n  and {len(table.problems) - 20} more" if len(table.problems) > 20 else ""
            raise PayQuestionError(field="file", message=f"{own_path.name} has lines to mend:\n{shown}{more}")
        own = table.records
    return answer_pay(question=question, own=own, today=today)


def _write(text: str) -> None:
    """Write to stdout as UTF-8 whatever the locale says."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
