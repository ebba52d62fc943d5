"""Read a knowledge file into its own shape; a mistake names the file, the field and what to do about it."""

from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

Sheet = TypeVar("Sheet")

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
        content = yaml.load(text, Loader=_LOADER)  # noqa: S506 - the safe loader, in C where there is one
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{path.name}: {_yaml_problem(error)}") from error
    if not isinstance(content, dict):
        raise KnowledgeError(f"{path.name}: must hold a mapping of fields at its top level, such as 'version: ...'.")
    return content


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
