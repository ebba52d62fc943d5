"""Answers kept in a file: one YAML file a person, and an empty one to fill in."""

from pathlib import Path
from typing import Any

import msgspec
import yaml

from assay.core.readiness.answers import Answer, AnswerError, Sheet
from assay.core.readiness.questionnaire import HIGHEST_LEVEL, Questionnaire
from assay.knowledge.loading import KnowledgeError, convert_mapping, refuse_depth

_LARGEST = 200_000
_DEEPEST = 8
_LONGEST_NOTE = 2_000
_LONGEST_NAME = 120
_UNKNOWN = {None, "", "unknown", "?", "don't know", "dont know"}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class AnswersFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of answers as it is. ``who`` is the id of a kind of person, such as ``data_owner``."""

    answers: dict[str, Any]
    respondent: str = ""
    who: str = ""


def read_answers(*, path: Path, questionnaire: Questionnaire) -> Sheet:
    """Return the sheet a file holds; without a ``respondent`` the file's name stands for one.

    Raises ``KnowledgeError`` naming the file, the question and how to mend it.
    """
    content = _mapping(path)
    file = convert_mapping(content=content, shape=AnswersFile, name=path.name)
    people = {person.id: person for person in questionnaire.people}
    if file.who and file.who not in people:
        raise KnowledgeError(f"{path.name}: who: there is no {file.who!r}. Use one of: {', '.join(people)}.")
    unknown = [key for key in file.answers if key not in questionnaire.by_id]
    if unknown:
        known = ", ".join(questionnaire.by_id)
        raise KnowledgeError(f"{path.name}: there is no question {unknown[0]!r}. The questions are: {known}.")
    answers = {key: _answer(value, f"{path.name}: {key}") for key, value in file.answers.items()}
    return Sheet(_name(file.respondent, path), answers, people.get(file.who))


def template(*, questionnaire: Questionnaire) -> str:
    """Return a file to fill in: every question with its levels as comments, every answer unknown."""
    lines = [
        "# Give each question a level from 0 to 4, or leave it at unknown. A note is welcome:",
        '#   data_access: {level: 2, note: "Took the last analyst six weeks"}',
        'respondent: ""',
        f"who: {questionnaire.people[0].id}  # one of: {', '.join(person.id for person in questionnaire.people)}",
        "answers:",
    ]
    for dimension in questionnaire.dimensions:
        lines += ["", f"  # {dimension.label}"]
        for question in questionnaire.within(dimension.id):
            lines += ["", f"  # {question.ask}"]
            lines += [f"  #   {level}  {text}" for level, text in enumerate(question.levels)]
            lines += [f"  {question.id}: unknown"]
    return "\n".join(lines) + "\n"


def _mapping(path: Path) -> dict[str, Any]:
    """Read YAML strictly: of a sensible size and depth, and without a key that stands twice."""
    try:
        raw = path.read_bytes()
        if len(raw) > _LARGEST:
            raise KnowledgeError(f"{path.name}: is larger than {_LARGEST // 1000} KB. Answers are a short text file.")
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path.name}: cannot be read as text ({error}). Give a UTF-8 YAML file.") from error
    node, content = _parsed(text, path.name)
    _refuse_twice(node, path.name)
    if not isinstance(content, dict) or not all(isinstance(key, str) for key in content):
        raise KnowledgeError(
            f"{path.name}: must hold fields, with 'answers:' among them. See `assay ready --template`."
        )
    return content


def _parsed(text: str, name: str) -> tuple[Any, Any]:
    try:
        refuse_depth(text=text, name=name, deepest=_DEEPEST)
        return yaml.compose(text, Loader=_LOADER), yaml.load(text, Loader=_LOADER)  # noqa: S506 - the safe loader
    except KnowledgeError:
        raise
    except (yaml.YAMLError, ValueError) as error:
        raise KnowledgeError(f"{name}: {_problem(error)}") from error


def _refuse_twice(node: Any, name: str) -> None:
    """Two answers to one question contradict each other; YAML would quietly keep the last."""
    fields = node.value if isinstance(node, yaml.MappingNode) else []
    for holder in (node, *(value for _, value in fields)):
        if not isinstance(holder, yaml.MappingNode):
            continue
        seen: set[str] = set()
        for key, _ in holder.value:
            if str(key.value) in seen:
                line = key.start_mark.line + 1
                raise KnowledgeError(f"{name}: line {line}: {key.value!r} stands there twice. Keep one of them.")
            seen.add(str(key.value))


def _problem(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}: " if mark is not None else ""
    told = getattr(error, "problem", None) or str(error).partition("\n")[0]
    return f"{where}is not YAML ({told}). Mend it there."


def _name(given: str, path: Path) -> str:
    name = " ".join(given.split()) or path.stem
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise KnowledgeError(f"{path.name}: respondent: give a name of at most {_LONGEST_NAME} plain characters.")
    return name


def _answer(value: object, place: str) -> Answer:
    note = ""
    if isinstance(value, dict):
        wrong = set(value) - {"level", "note"}
        if wrong:
            raise KnowledgeError(f"{place}: {sorted(map(str, wrong))[0]!r} is not 'level' or 'note'. Remove it.")
        note, value = value.get("note") or "", value.get("level")
        if not isinstance(note, str) or len(note) > _LONGEST_NOTE:
            raise KnowledgeError(f"{place}: a note is a text of at most {_LONGEST_NOTE} characters.")
    return Answer(_level(value, place), note)


def _level(value: object, place: str) -> int | None:
    if value is None or (isinstance(value, str) and value.strip().lower() in _UNKNOWN):
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            return Answer(value).level
        except AnswerError as error:
            raise KnowledgeError(f"{place}: {error}") from error
    shown = repr(value)[:40]
    raise KnowledgeError(f"{place}: {shown} is no level. Give a whole number from 0 to {HIGHEST_LEVEL}, or unknown.")
