"""A question to the pay desk that cannot be answered, said so that the person can mend it."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches


class PayQuestionError(ValueError):
    """Raised for a value that the pay desk does not know; ``field`` is the part to change, the message says how."""

    def __init__(self, *, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def choose(*, field: str, what: str, value: str, labels: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Return the id that ``value`` means: an id, its label or one of ``names`` (lower-case text to id).

    Raises ``PayQuestionError`` with the nearest spellings when it means none.
    """
    asked = " ".join(value.split())
    by_text = {**names, **{label.lower(): id_ for id_, label in labels.items()}, **{id_.lower(): id_ for id_ in labels}}
    found = by_text.get(asked.lower())
    if found is not None:
        return found
    raise PayQuestionError(field=field, message=_unknown(what=what, asked=asked, texts=by_text, labels=labels))


def _unknown(*, what: str, asked: str, texts: Mapping[str, str], labels: Mapping[str, str]) -> str:
    shown = asked[:60] + ("…" if len(asked) > 60 else "")
    near = get_close_matches(asked[:60].lower(), list(texts), n=4, cutoff=0.6)
    options = list(dict.fromkeys(texts[text] for text in near))
    if options:
        return f"There is no {what} “{shown}”. Did you mean {_spoken(options, labels)}?"
    listed = list(labels)
    if len(listed) <= 15:
        return f"There is no {what} “{shown}”. Use one of: {', '.join(listed)}."
    return f"There is no {what} “{shown}” here. “assay market --list” and the form show all {len(listed)}."


def _spoken(options: Iterable[str], labels: Mapping[str, str]) -> str:
    words = [f"{one} ({labels[one]})" if labels[one].lower() != one.lower() else one for one in options]
    return " or ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
