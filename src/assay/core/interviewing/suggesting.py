"""A plan of interviews made from a role: which talk in which stage, what each looks at, what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.interviewing.kit import AskedQuestion, Kit
from assay.core.interviewing.planning import Need, PlanRules


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question of the bank as choosing sees it. ``formats`` are kinds of conversation, ``minutes`` its length."""

    id: str
    ask: str
    competency: str
    formats: tuple[str, ...]
    seniorities: tuple[str, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class TalkShape:
    """A kind of talk that a suggested plan may hold; times in minutes."""

    format: str
    title: str
    purpose: str
    minutes: int


@dataclass(frozen=True, slots=True)
class SuggestedTalk:
    """One planned interview for a stage."""

    stage_id: int
    kit: Kit


def suggest_plan(
    *,
    needs: Sequence[Need],
    stage_ids: Sequence[int],
    shapes: Sequence[TalkShape],
    bank: Sequence[BankQuestion],
    seniority: str,
    rules: PlanRules,
    reserved_minutes: int,
) -> tuple[SuggestedTalk, ...]:
    """Return one talk for each stage so that every must-have is looked at once before anything is looked at twice.

    Must-haves first, then by weight; a competency goes where the bank can ask about it and there is most room. Where
    room is left, must-haves are looked at a second time. ``reserved_minutes`` of each talk are not for questions.
    """
    chosen = _shapes_for(shapes, len(stage_ids))
    if not chosen:
        return ()
    focus: list[list[str]] = [[] for _ in chosen]
    ordered = sorted(needs, key=lambda need: (not need.is_must, -need.weight))
    for need in ordered:
        _place(need.competency, focus, chosen, bank, rules)
    if rules.most_measured > 1:
        for need in ordered:
            if need.is_must:
                _place(need.competency, focus, chosen, bank, rules)
    asked: list[list[AskedQuestion]] = [[] for _ in chosen]
    for is_fitting in (True, False):
        for shape, looks_at, taken in zip(chosen, focus, asked, strict=True):
            used = {question.question_id for one in asked for question in one}
            free = [one for one in bank if one.id not in used and (shape.format in one.formats) is is_fitting]
            _ask_more(taken, looks_at, free, seniority, shape.minutes - reserved_minutes)
    return tuple(
        SuggestedTalk(stage_id, _kit(shape, looks_at, taken))
        for stage_id, shape, looks_at, taken in zip(stage_ids, chosen, focus, asked, strict=False)
    )


def _shapes_for(shapes: Sequence[TalkShape], stages: int) -> tuple[TalkShape, ...]:
    """Take the first kinds of talk, the last kind always for the last stage of several."""
    if stages <= 1:
        return tuple(shapes[:stages])
    first = shapes[: min(stages - 1, len(shapes) - 1)]
    return (*first, shapes[-1])


def _place(
    competency: str,
    focus: Sequence[list[str]],
    shapes: Sequence[TalkShape],
    bank: Sequence[BankQuestion],
    rules: PlanRules,
) -> None:
    def fit(index: int) -> tuple[bool, int, int]:
        asked = any(one.competency == competency and shapes[index].format in one.formats for one in bank)
        return (not asked, len(focus[index]), index)

    free = [index for index, held in enumerate(focus) if competency not in held and len(held) < rules.most_focus]
    if free:
        focus[min(free, key=fit)].append(competency)


def _ask_more(
    taken: list[AskedQuestion], focus: Sequence[str], free: Sequence[BankQuestion], seniority: str, minutes: int
) -> None:
    """Take questions in turn for each competency, those for the seat first, until the minutes are full."""
    waiting = {
        competency: sorted(
            (question for question in free if question.competency == competency),
            key=lambda question: seniority not in question.seniorities,
        )
        for competency in focus
    }
    left = minutes - sum(one.minutes for one in taken)
    while any(waiting.values()):
        for competency in focus:
            question = waiting[competency].pop(0) if waiting[competency] else None
            if question is not None and question.minutes <= left:
                taken.append(AskedQuestion(question.id, question.ask, competency, question.minutes))
                left -= question.minutes


def _kit(shape: TalkShape, focus: Sequence[str], asked: Sequence[AskedQuestion]) -> Kit:
    order = {competency: index for index, competency in enumerate(focus)}
    questions = tuple(sorted(asked, key=lambda one: order[one.competency]))
    return Kit(shape.title, shape.purpose, shape.minutes, tuple(focus), questions, shape.format)
