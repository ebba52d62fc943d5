"""Which file of an import belongs to which row of its table, by the name written in the row."""

import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Joined:
    """``files`` gives the file's key for each row's key; ``problems`` a sentence for each row that found none."""

    files: Mapping[int, int]
    problems: Mapping[int, str]


def join_files(*, wanted: Mapping[int, str], files: Mapping[int, str]) -> Joined:
    """Join rows (key to the name they ask for) with files (key to path). A file goes to the first row that asks.

    Case and folders do not matter unless two files share a name; then the row must write the folder too.
    """
    by_path: dict[str, list[int]] = defaultdict(list)
    by_name: dict[str, list[int]] = defaultdict(list)
    for key, path in files.items():
        by_path[_folded(path)].append(key)
        by_name[_folded(path).rpartition("/")[2]].append(key)
    found: dict[int, int] = {}
    problems: dict[int, str] = {}
    taken: set[int] = set()
    for row, name in wanted.items():
        match, problem = _find(name, by_path, by_name)
        if match is None:
            problems[row] = problem
        elif match in taken:
            problems[row] = f"“{name}” is already the file of another row. Write this person's own file."
        else:
            found[row] = match
            taken.add(match)
    return Joined(files=found, problems=problems)


def _find(name: str, by_path: Mapping[str, list[int]], by_name: Mapping[str, list[int]]) -> tuple[int | None, str]:
    wanted = _folded(name)
    if wanted.startswith(("http://", "https://")):
        return None, "This is a web address. Add the file itself to the import and write its name here."
    matches = by_path.get(wanted) or by_name.get(wanted) or by_name.get(wanted.rpartition("/")[2]) or []
    if len(matches) == 1:
        return matches[0], ""
    if matches:
        return None, f"{len(matches)} files are called “{name}”. Write the folder as well."
    return None, f"No file in this import is called “{name}”. Add it, or set this column to “not used”."


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold().replace("\\", "/").strip().removeprefix("./")
