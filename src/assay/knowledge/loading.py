"""Read a knowledge file into its own shape; a mistake names the file, the field and what to do about it."""

from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

Sheet = TypeVar("Sheet")

DEEPEST = 1_000
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class KnowledgeError(ValueError):
    """Raised when a knowledge file is missing, is not YAML, or does not have the shape it must have."""


def read_mapping(*, path: Path) -> dict[str, Any]:
    """Return the mapping that a YAML file holds; raises ``KnowledgeError`` with the line when it cannot."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path.name}: cannot be read ({error}). Give the path of a UTF-8 YAML file.") from error
    try:
        refuse_depth(text=text, name=path.name)
        content = yaml.load(text, Loader=_LOADER)  # noqa: S506 - the safe loader, in C where there is one
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path.name}: {_yaml_problem(error)}") from error
    if not isinstance(content, dict):
        raise KnowledgeError(f"{path.name}: must hold a mapping of fields at its top level, such as 'version: ...'.")
    return content


def refuse_depth(*, text: str, name: str, deepest: int = DEEPEST) -> None:
    """Raise ``KnowledgeError`` for YAML nested deeper than ``deepest`` levels, ``yaml.YAMLError`` for what is not YAML.

    The parser in C ends the process when brackets are nested by the ten thousand; its events can be counted safely.
    A text with few signs that could open a level is not read twice.
    """
    if sum(text.count(sign) for sign in ("[", "{", "- ", "? ")) <= deepest:
        return
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > deepest:
            raise KnowledgeError(f"{name}: is nested more than {deepest} levels deep. Flatten it.")


def read_sheet(*, path: Path, shape: type[Sheet]) -> Sheet:
    """Return a YAML file as ``shape``; raises ``KnowledgeError`` naming the field that is wrong."""
    return convert_mapping(content=read_mapping(path=path), shape=shape, name=path.name)


def convert_mapping(*, content: dict[str, Any], shape: type[Sheet], name: str) -> Sheet:
    """Return a mapping as ``shape``; ``name`` stands in messages for where the mapping came from."""
    try:
        return msgspec.convert(content, shape)
    except msgspec.ValidationError as error:
        raise KnowledgeError(f"{name}: {_field_problem(str(error))}") from error


def folder_file(*, name: str, shipped: Path, override: Path | None) -> Path:
    """Return where a file of a sheet lives: in the user's own folder when it is there, else as shipped."""
    if override is not None and (override / name).is_file():
        return override / name
    return shipped / name


def _yaml_problem(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "is not YAML"
    where = f"line {mark.line + 1}, column {mark.column + 1}: " if mark is not None else ""
    return f"{where}{problem}. Mend the YAML there."


def _field_problem(message: str) -> str:
    text, _, place = message.partition(" - at `$")
    place = place.rstrip("`").lstrip(".")
    if text.startswith("Object contains unknown field"):
        return f"{text} {'in ' + place if place else 'at the top level'}. Remove it or correct its name."
    if text.startswith("Object missing required field"):
        return f"{text} {'in ' + place if place else 'at the top level'}. Add it."
    return f"field {place or '(top level)'}: {text}. Correct its value."
