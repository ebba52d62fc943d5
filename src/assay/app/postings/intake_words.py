"""What was answered about a problem, as sentences that an advert can begin with."""

from collections.abc import Mapping

from assay.app.roles.compiler_rules import load_compiler_rules
from assay.core.postings.advert import WorkPlace
from assay.core.roles.compiling.intake import Answers, Question, answer_text

WORK_PLACES = {
    "onsite": WorkPlace.ON_SITE,
    "hybrid": WorkPlace.HYBRID,
    "remote_near": WorkPlace.REMOTE,
    "remote_far": WorkPlace.REMOTE,
}


def say_intake(answers: Answers) -> Mapping[str, str]:
    """Return the answers by the keys that the builder of adverts asks for; what was left open is not among them."""
    questions = {question.id: question for question in load_compiler_rules().questions}
    said = {name: _label(questions[name], answers) for name in questions}
    sentences = {
        "decision": said["decision"] and f"It is about this decision or product: {said['decision']}",
        "data": _joined(
            "The data", _each_low(said["data"]), _about(questions["data_state"], answers), _low(said["volume"])
        ),
        "model": said["technique"] and f"Expected methods: {_each_low(said['technique'])}",
        "performance": _performance(said),
        "stage": _joined("Where it stands", _low(said["stage"]), _about(questions["stage"], answers)),
        "scale": said["predictions_per_day"] and f"{said['predictions_per_day']}, on a busy day",
        "team": _team(answers, said["team"]),
        "time_zone": _hours(questions["remote"], answers),
    }
    return {key: text for key, text in sentences.items() if text}


def work_place_of(answers: Answers) -> WorkPlace | None:
    """Return where the work is done as the answers say it, ``None`` when nobody did."""
    return WORK_PLACES.get(str(answers.get("remote", "")))


def _label(question: Question, answers: Answers) -> str:
    answer = answers.get(question.id)
    return "" if answer in (None, (), "") else answer_text(question=question, answer=answer)


def _about(question: Question, answers: Answers) -> str:
    found = next((option.about for option in question.options if option.id == answers.get(question.id)), "")
    return _low(found)


def _low(text: str) -> str:
    """Return text with a small first letter unless its first word is an abbreviation."""
    first = text.split(" ", 1)[0]
    return text if len(first) > 1 and first.isupper() else text[:1].lower() + text[1:]


def _each_low(text: str) -> str:
    return ", ".join(_low(part) for part in text.split(", "))


def _joined(subject: str, *parts: str) -> str:
    said = "; ".join(part for part in parts if part)
    return f"{subject}: {said}" if said else ""


def _performance(said: Mapping[str, str]) -> str:
    parts = [f"An answer within {said['latency_ms']}."] if said["latency_ms"] else []
    parts += [f"It worked when: {said['measure']}"] if said["measure"] else []
    return " ".join(parts)


def _team(answers: Answers, said: str) -> str:
    if not said:
        return ""
    return "You would be the first on this" if "nobody" in _several(answers) else f"Already there: {_each_low(said)}"


def _several(answers: Answers) -> tuple[str, ...]:
    found = answers.get("team", ())
    return found if isinstance(found, tuple) else ()


def _hours(question: Question, answers: Answers) -> str:
    if not str(answers.get("remote", "")).startswith("remote"):
        return ""
    return f"Remote: {_about(question, answers)}"
