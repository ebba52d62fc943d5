"""What somebody typed into the form: cleaned field by field, checked, and kept for showing again as it was."""

from collections.abc import Mapping
from dataclasses import dataclass

from assay.app.applying.actions.submitting import Filled
from assay.app.applying.asked import Consent
from assay.app.applying.queries.forms import FormView
from assay.core.applying.particulars import FIELDS, LONGEST, read_particulars
from assay.core.applying.questions import Problem, QuestionKind, read_answers
from assay.platform.text import clean_line, clean_text

ANSWER = "answer-"
ABOUT = "about-"
TRAP = "website"
LONGEST_ACCOMMODATION = 2_000
_ROOM = 10_000_000
_WRITTEN = ("links", "accommodation")


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was sent: plain text by field name, and what is ticked."""

    values: Mapping[str, str]

    def get(self, name: str) -> str:
        """Return what stands in a field; nothing for one that was not sent."""
        return self.values.get(name, "")

    def is_ticked(self, name: str) -> bool:
        """Tell whether a box is ticked."""
        return self.values.get(name, "") == "on"


def read_typed(*, sent: Mapping[str, str], form: FormView) -> Typed:
    """Return what was sent in the fields that this form has, cleaned of what cannot be shown or kept."""
    values: dict[str, str] = {}
    for name in FIELDS:
        values[name] = _clean(str(sent.get(name, "")), is_written=name in _WRITTEN)
    values["accommodation"] = _clean(str(sent.get("accommodation", "")), is_written=True)
    for question in form.questions:
        name = f"{ANSWER}{question.key}"
        values[name] = _clean(str(sent.get(name, "")), is_written=question.kind is QuestionKind.LONG_TEXT)
    for name in (*_BOXES, TRAP, "resume_token", *(key for key in sent if key.startswith(ABOUT))):
        values[name] = _clean(str(sent.get(name, "")), is_written=False)[:200]
    return Typed(values)


_BOXES = ("agreed", "pool", "internal", "from_file")


def check(*, typed: Typed, form: FormView, consent: Consent, has_resume: bool) -> tuple[Filled, tuple[Problem, ...]]:
    """Return what would be stored, and what has to be put right first."""
    particulars, problems = read_particulars(typed={name: typed.get(name) for name in LONGEST})
    answers = {question.key: typed.get(f"{ANSWER}{question.key}") for question in form.questions}
    given, wrong = read_answers(questions=form.questions, typed=answers)
    found = [*problems, *(Problem(f"{ANSWER}{problem.field}", problem.message) for problem in wrong)]
    if not has_resume and not particulars.links and not any(problem.field == "links" for problem in found):
        found.append(Problem("resume", "Choose your résumé, or give a link to your work instead."))
    if len(typed.get("accommodation")) > LONGEST_ACCOMMODATION:
        found.append(Problem("accommodation", f"At most {LONGEST_ACCOMMODATION:,} characters fit. Shorten it."))
    if not typed.is_ticked("agreed"):
        found.append(Problem("agreed", "Read how your data is used and tick this box."))
    about = {name.removeprefix(ABOUT): text for name, text in typed.values.items() if name.startswith(ABOUT) and text}
    filled = Filled(
        particulars=particulars,
        given=given,
        accommodation=typed.get("accommodation"),
        is_internal=typed.is_ticked("internal"),
        wants_pool=bool(consent.pool_statement) and typed.is_ticked("pool"),
        demographics=about if form.asks_demographics else None,
    )
    return filled, tuple(found)


def _clean(text: str, *, is_written: bool) -> str:
    return clean_text(text, longest=_ROOM) if is_written else clean_line(text, longest=_ROOM)
