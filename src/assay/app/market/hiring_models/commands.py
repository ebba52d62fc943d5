"""``assay model``: compare six ways to staff a seat at a shell, with no server and no database."""

from pathlib import Path
from typing import Any

import click

from assay.app.market.hiring_models.answers import ask, read_answers
from assay.app.market.hiring_models.catalogue import load_desk
from assay.app.market.hiring_models.output import to_json, to_text
from assay.app.market.hiring_models.questions import questions_json, questions_text
from assay.core.market.draws import DistributionError
from assay.core.market.hiring_models.comparison import Comparison, compare_models
from assay.core.market.hiring_models.desk import Desk
from assay.core.market.hiring_models.question import QuestionError
from assay.knowledge.loading import KnowledgeError, read_mapping


@click.command()
@click.argument("answers", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--months", type=int, help="The horizon in months, 1 to 600 (default 24).")
@click.option("--base", type=float, help="Base pay of the seat, US dollars a year.")
@click.option("--statement", "statements", multiple=True, metavar="ID=TRUTH",
              help="How true a statement is: 0 to 1, no, partly, yes or unknown. May be repeated.")  # fmt: skip
@click.option("--fact", "facts", multiple=True, metavar="ID=ANSWER", help="A fact that may rule out. May be repeated.")
@click.option("--weights", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A YAML file with a weight from 0 to 10 for each statement's id.")  # fmt: skip
@click.option("--change", "changes", multiple=True, metavar="MODEL.NUMBER=VALUE",
              help="Another value for a number, such as freelance.rate=150. May be repeated.")  # fmt: skip
@click.option("--seed", type=int, help="The seed of the draws; the same one gives the same answer.")
@click.option("--rules", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="A folder whose files are used instead of the shipped ones of the same name.")  # fmt: skip
@click.option("--json", "wants_json", is_flag=True, help="Write JSON (keys: docs/hiring-model.md).")
@click.option("--questions", "wants_questions", is_flag=True, help="Print all questions as a file to fill in.")
def model(
    answers: Path | None,
    months: int | None,
    base: float | None,
    statements: tuple[str, ...],
    facts: tuple[str, ...],
    weights: Path | None,
    changes: tuple[str, ...],
    seed: int | None,
    rules: Path | None,
    wants_json: bool,
    wants_questions: bool,
) -> None:
    """Compare six ways to staff a seat: vetoes, points, cost, time, risk, and when to change.

    ANSWERS is a YAML file; flags go over what it says. Start one with: assay model --questions
    """
    try:
        desk = load_desk(rules)
        if wants_questions:
            click.echo(questions_json(desk) if wants_json else questions_text(desk), nl=False)
            return
        content = read_answers(path=answers) if answers else {}
        for name, value in (("months", months), ("base", base), ("seed", seed)):
            if value is not None:
                content[name] = value
        _join(content, "statements", _pairs(statements, "--statement"))
        _join(content, "facts", _pairs(facts, "--fact"))
        _join(content, "change", _numbers(_pairs(changes, "--change")))
        _join(content, "weights", read_mapping(path=weights) if weights else {})
        name = answers.name if answers else "answers"
        click.echo(_written(_compared(content, desk, name), desk, wants_json=wants_json), nl=False)
    except (KnowledgeError, DistributionError) as error:
        raise click.UsageError(str(error)) from error
    except QuestionError as error:
        raise click.UsageError(f"{error.field}: {error}") from error


def _compared(content: dict[str, Any], desk: Desk, name: str) -> Comparison:
    if "base" not in content:
        message = "Base pay is missing. Give --base, or write base: into the file."
        raise QuestionError(field="base", message=message)
    asked = ask(content=content, desk=desk, name=name)
    return compare_models(desk=desk, question=asked.question, seed=asked.seed)


def _written(comparison: Comparison, desk: Desk, *, wants_json: bool) -> str:
    return to_json(comparison=comparison, desk=desk) if wants_json else to_text(comparison=comparison, desk=desk)


def _join(content: dict[str, Any], name: str, more: dict[str, Any]) -> None:
    """Lay what flags say over what the file says."""
    if more:
        given = content.get(name) or {}
        content[name] = {**given, **more} if isinstance(given, dict) else given


def _pairs(given: tuple[str, ...], option: str) -> dict[str, Any]:
    pairs = {}
    for one in given:
        key, mark, value = one.partition("=")
        if not mark or not key.strip() or not value.strip():
            raise click.UsageError(f"{option} {one[:80]!r}: write it as ID=VALUE.")
        pairs[key.strip()] = value.strip()
    return pairs


def _numbers(pairs: dict[str, str]) -> dict[str, Any]:
    numbers = {}
    for key, value in pairs.items():
        try:
            numbers[key] = float(value)
        except ValueError:
            raise click.UsageError(f"--change {key}: {value[:40]!r} is not a number.") from None
    return numbers
