"""How a job's questions are kept, and read back; a row that no longer fits the rules is left out, never an error."""

from collections.abc import Mapping, Sequence

from assay.core.applying.questions import MOST_LETTERS, USUAL_LETTERS, Given, Question, QuestionKind


def encode_questions(*, questions: Sequence[Question]) -> list[dict[str, object]]:
    """Return questions as JSON."""
    return [
        {
            "key": one.key,
            "kind": one.kind.value,
            "label": one.label,
            "help": one.help,
            "required": one.is_required,
            "choices": list(one.choices),
            "longest": one.longest,
            "hoped_for": one.hoped_for,
        }
        for one in questions
    ]


def decode_questions(*, stored: Sequence[Mapping[str, object]]) -> tuple[Question, ...]:
    """Return what ``encode_questions`` wrote."""
    return tuple(question for row in stored if (question := _question(row)) is not None)


def encode_given(*, given: Sequence[Given]) -> list[dict[str, object]]:
    """Return answers as JSON, with the words of their questions."""
    return [{"key": one.key, "question": one.label, "answer": one.answer, "as_hoped": one.is_as_hoped} for one in given]


def _question(row: Mapping[str, object]) -> Question | None:
    try:
        kind = QuestionKind(str(row["kind"]))
        choices = row.get("choices") or ()
        longest = row.get("longest")
        return Question(
            key=str(row["key"]),
            kind=kind,
            label=str(row["label"]),
            help=str(row.get("help", "")),
            is_required=row.get("required") is True,
            choices=tuple(str(one) for one in choices) if isinstance(choices, list) else (),
            longest=min(longest, MOST_LETTERS.get(kind, 0)) if isinstance(longest, int) else USUAL_LETTERS.get(kind, 0),
            hoped_for=str(row.get("hoped_for", "")),
        )
    except (KeyError, ValueError):
        return None
