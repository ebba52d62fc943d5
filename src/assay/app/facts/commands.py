"""``assay facts``: what a cited fact says, with no server and no database."""

import json
import sys
import textwrap
from collections.abc import Sequence

import click

from assay.app.facts.choosing import KINDS
from assay.knowledge.facts.sheets import Fact, FactSheet, load_facts
from assay.knowledge.loading import KnowledgeError

WIDTH = 100
_INDENT = " " * 6


@click.command()
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--json", "wants_json", is_flag=True, help="Write JSON (described in docs/facts.md).")
def facts(ids: tuple[str, ...], wants_json: bool) -> None:
    """Say what facts of the field say, who says it and who says otherwise; all of them when no id is given."""
    try:
        sheet = load_facts()
    except KnowledgeError as error:
        raise click.UsageError(str(error)) from error
    chosen = _chosen(sheet, ids)
    _write(_to_json(sheet, chosen) if wants_json else _to_text(sheet, chosen, is_all=not ids))


def _chosen(sheet: FactSheet, ids: Sequence[str]) -> tuple[Fact, ...]:
    """Return the facts asked for, each once, in the order of the sheet."""
    known = sheet.by_id()
    wanted = {one.strip().upper() for one in ids}
    unknown = sorted(wanted - set(known))
    if unknown:
        first, last = min(known), max(known)
        raise click.UsageError(f"there is no fact {unknown[0][:20]!r}. Ids go from {first} to {last}.")
    return tuple(fact for fact in known.values() if not ids or fact.id in wanted)


def _to_text(sheet: FactSheet, chosen: Sequence[Fact], *, is_all: bool) -> str:
    guides = {guide.id: guide for guide in sheet.guides}
    heads = {section.facts[0].id: section.title for section in sheet.sections if section.facts}
    lines: list[str] = []
    for fact in chosen:
        if is_all and fact.id in heads:
            lines += ["", heads[fact.id]] if lines else [heads[fact.id]]
        lines += textwrap.wrap(f"{fact.id}  {fact.says}.", width=WIDTH, subsequent_indent=_INDENT)
        lines.append(f"{_INDENT}{guides[fact.source].title}, {KINDS[fact.kind]}{_otherwise(fact)}")
    named = sorted({fact.source for fact in chosen})
    lines.append("")
    for guide in (guides[one] for one in named):
        lines += textwrap.wrap(f"{guide.title}: {guide.about}. Read {guide.as_of}.", width=WIDTH)
    return "\n".join([*lines, *textwrap.wrap(sheet.note, width=WIDTH)]) + "\n"


def _otherwise(fact: Fact) -> str:
    return f"; contradicted by {', '.join(fact.disagrees_with)}" if fact.disagrees_with else ""


def _to_json(sheet: FactSheet, chosen: Sequence[Fact]) -> str:
    sections = {fact.id: section.title for section in sheet.sections for fact in section.facts}
    content = {
        "version": sheet.version,
        "as_of": sheet.as_of.isoformat(),
        "note": sheet.note,
        "guides": [
            {"id": one.id, "title": one.title, "about": one.about, "as_of": one.as_of.isoformat()}
            for one in sheet.guides
        ],
        "facts": [
            {
                "id": fact.id,
                "section": sections[fact.id],
                "says": fact.says,
                "kind": fact.kind,
                "source": fact.source,
                "disagrees_with": list(fact.disagrees_with),
            }
            for fact in chosen
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _write(text: str) -> None:
    """Write to stdout as UTF-8 whatever the locale says, so that the bytes are the same everywhere."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()
