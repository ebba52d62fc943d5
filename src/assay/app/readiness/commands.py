"""``assay ready``: judge whether to hire at all from files of answers, with no server and no database."""

import sys
from pathlib import Path

import click

from assay.app.readiness.answer_files import read_answers, template
from assay.app.readiness.json_output import to_json, to_questions_json
from assay.app.readiness.output import to_comparison, to_questions, to_text
from assay.app.readiness.questions import load_questionnaire
from assay.core.readiness.answers import AnswerError
from assay.core.readiness.assessment import Assessment, assess
from assay.core.readiness.comparison import compare_assessments
from assay.core.readiness.questionnaire import Questionnaire
from assay.knowledge.loading import KnowledgeError

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("paths", metavar="[ANSWERS.yaml]...", nargs=-1, type=_FILE)
@click.option("--questions", "wants_questions", is_flag=True, help="Print the questions with their levels and leave.")
@click.option("--template", "--yaml", "wants_template", is_flag=True, help="Print a file to fill in and leave.")
@click.option("--json", "wants_json", is_flag=True, help="Write JSON (described in docs/readiness.md).")
@click.option("--compare", "earlier", multiple=True, metavar="OLD.yaml", type=_FILE,
              help="Answers of an earlier time to compare with; once for each person of then.")  # fmt: skip
@click.option("--rules", "rules_folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="A folder whose files are used instead of the shipped ones of the same name.")  # fmt: skip
def ready(
    paths: tuple[Path, ...],
    wants_questions: bool,
    wants_template: bool,
    wants_json: bool,
    earlier: tuple[Path, ...],
    rules_folder: Path | None,
) -> None:
    """Judge whether a team is ready to hire for machine learning.

    Give one file of answers for each person asked. Exit status: 0 judged, whatever the verdict; 2 wrong usage.
    """
    if (wants_questions or wants_template) and (paths or earlier):
        raise click.UsageError("--questions and --template print what is asked; leave the files of answers away.")
    try:
        _write(_shown(load_questionnaire(rules_folder), paths, earlier, wants_questions, wants_template, wants_json))
    except (KnowledgeError, AnswerError) as error:
        raise click.UsageError(str(error)) from error


def _shown(
    questionnaire: Questionnaire,
    paths: tuple[Path, ...],
    earlier: tuple[Path, ...],
    wants_questions: bool,
    wants_template: bool,
    wants_json: bool,
) -> str:
    if wants_template:
        return template(questionnaire=questionnaire)
    if wants_questions:
        return to_questions_json(questionnaire) if wants_json else to_questions(questionnaire)
    if not paths:
        raise click.UsageError("Give at least one file of answers. `assay ready --template` prints one to fill in.")
    now = _assessed(questionnaire, paths)
    comparison = compare_assessments(before=_assessed(questionnaire, earlier), after=now) if earlier else None
    if wants_json:
        return to_json(now, comparison)
    return to_text(now) + ("" if comparison is None else "\n" + to_comparison(comparison))


def _assessed(questionnaire: Questionnaire, paths: tuple[Path, ...]) -> Assessment:
    sheets = [read_answers(path=path, questionnaire=questionnaire) for path in paths]
    return assess(questionnaire=questionnaire, sheets=sheets)


def _write(text: str) -> None:
    """Write to stdout as UTF-8 whatever the locale says, so that the bytes are the same everywhere."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()
