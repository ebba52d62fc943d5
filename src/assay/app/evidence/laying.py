"""Lay a standing out for its readers: words, links to the evidence, must-haves first."""

from collections.abc import Mapping, Sequence

from django.urls import NoReverseMatch, reverse

from assay.app.evidence.next_steps import Worth
from assay.app.evidence.rules import competency_anchors, competency_labels
from assay.app.evidence.view import CompetencyView, MustView, ProfileView, SegmentView, StepView
from assay.app.screening.measured import MeasurementView
from assay.core.evidence.belief import Disagreement, Part
from assay.core.evidence.level import Level
from assay.core.evidence.measurement import Observer
from assay.core.evidence.musts import odds_of
from assay.core.evidence.standing import Covered, KnownCompetency, KnownMust, Standing
from assay.core.evidence.steps import StepWorth
from assay.core.roles.role import Role
from assay.knowledge.evidence.sheets import load_profile_sheet

_MOST_TALKS = 3
_COVERED_SHARE = {Covered.UNMEASURED: 0.0, Covered.DOCUMENT_ONLY: 0.0, Covered.BY_PEOPLE: 1.0}


def lay_out(
    *,
    application_id: int,
    role: Role,
    standing: Standing,
    measured: Sequence[MeasurementView],
    is_sent_on: bool,
    has_closed: bool,
    worth: Worth,
) -> ProfileView:
    """Return the profile as it is shown."""
    by_key = {f"{item.id}": item for item in measured}
    musts = {name for must in standing.musts for name, _ in must.odds.must.any_of}
    competencies = [
        _competency(item, by_key, is_must=item.belief.competency in musts) for item in standing.competencies
    ]
    competencies.sort(key=lambda item: (not item.is_must, -(item.weight or 0.0)))
    sheet = load_profile_sheet()
    return ProfileView(
        application_id=application_id,
        role_title=role.title,
        competencies=tuple(competencies),
        musts=tuple(_must(item) for item in standing.musts),
        joint=standing.joint,
        doubt=standing.doubt,
        coverage=sum((item.weight or 0.0) * _COVERED_SHARE[item.covered] for item in competencies),
        is_sent_on=is_sent_on,
        has_closed=has_closed,
        steps=tuple(
            _step(one, standing, label=one.step.label, href=_interviews_at(application_id))
            for one in worth.talks[:_MOST_TALKS]
        ),
        questions=tuple(
            _step(one, standing, label=question.ask, href=_page("interviewing:question", question.id))
            for question, one in worth.questions
        ),
        rules_version=sheet.version,
        rules_as_of=sheet.as_of,
    )


def _competency(item: KnownCompetency, by_key: Mapping[str, MeasurementView], *, is_must: bool) -> CompetencyView:
    belief, bar = item.belief, item.bar
    return CompetencyView(
        id=belief.competency,
        label=bar.label if bar else competency_labels().get(belief.competency, belief.competency),
        is_must=is_must,
        level=belief.level,
        low=belief.interval.low,
        high=belief.interval.high,
        bar=bar.level if bar else None,
        weight=bar.weight if bar else None,
        chance=item.chance,
        odds=None if item.chance is None else odds_of(chance=item.chance),
        covered=item.covered,
        prior_level=belief.prior_level,
        prior_share=belief.prior_share,
        by_level=belief.distribution.shares_by_level(),
        bar_looks_like=_looks_like(belief.competency, bar.level) if bar else "",
        segments=_segments(belief.parts, belief.prior_share, by_key),
        disagreement=belief.disagreement,
        disagreement_says=_disagreement(belief.disagreement, by_key),
    )


def _looks_like(competency: str, level: float) -> str:
    anchors = competency_anchors().get(competency)
    return anchors[min(4, round(level + 1e-9))] if anchors else ""


def _segments(
    parts: Sequence[Part], prior_share: float, by_key: Mapping[str, MeasurementView]
) -> tuple[SegmentView, ...]:
    found = []
    start = prior_share
    for part in parts:
        found.append(_segment(part, start, by_key[part.seen.key]))
        start += part.share
    return tuple(found)


def _segment(part: Part, start: float, item: MeasurementView) -> SegmentView:
    return SegmentView(
        key=part.seen.key,
        observer=item.observer,
        who=_who(item),
        level=part.seen.level,
        share=part.share,
        start=start,
        pull=part.pull,
        news=part.news,
        reliability=part.seen.reliability,
        observed_at=item.observed_at,
        evidence=item.evidence,
        href=_source_at(item),
    )


def _who(item: MeasurementView) -> str:
    return "Résumé" if item.observer is Observer.RESUME_SCREEN else item.observed_by or "A person"


def _source_at(item: MeasurementView) -> str:
    """Return where the words stand: the quotes marked in the document, or the interview that they were written in."""
    if item.interview_id is not None:
        return _page("interviewing:interview", item.interview_id)
    page = reverse("review:application", args=[item.application_id])
    return f"{page}?tab=documents#k-{item.competency}"


def _disagreement(found: Disagreement | None, by_key: Mapping[str, MeasurementView]) -> str:
    if found is None:
        return ""
    lower, higher = _who(by_key[found.lower.key]), _who(by_key[found.higher.key])
    widened = f"; every error here is taken {found.widened:.1f} times as large" if found.widened > 1.005 else ""
    return (
        f"{lower} says {found.lower.level:.1f}, {higher} says {found.higher.level:.1f}. Errors of measurement alone "
        f"part two such readings as far in one case of {max(2, round(1 / max(found.chance, 1e-3)))}{widened}. "
        "Find out which of them saw something the other did not."
    )


def _must(item: KnownMust) -> MustView:
    must, chance = item.odds.must, item.odds.chance
    return MustView(
        id=must.id,
        label=must.label,
        chance=chance,
        odds=None if chance is None else odds_of(chance=chance),
        asks=_asks(must.any_of),
        covered=item.covered,
        competency_ids=tuple(dict.fromkeys(name for name, _ in must.any_of)),
    )


def _asks(ways: Sequence[tuple[str, float]]) -> str:
    """Say what meets a must-have: "level 2 (Working) in Monitoring and drift", ways of one level together."""
    labels = competency_labels()
    by_level: dict[float, list[str]] = {}
    for name, level in ways:
        by_level.setdefault(level, []).append(labels.get(name, name))
    return ", or ".join(f"level {_named(level)} in {' or '.join(names)}" for level, names in by_level.items())


def _named(level: float) -> str:
    return f"{level:g} ({Level(int(level)).label})" if level == int(level) else f"{level:g}"


def _step(worth: StepWorth, standing: Standing, *, label: str, href: str) -> StepView:
    return StepView(
        key=worth.step.key,
        kind=worth.step.kind,
        label=label,
        minutes=round(worth.step.hours * 60),
        bits=worth.bits,
        bits_per_hour=worth.bits_per_hour,
        share=worth.bits / standing.doubt if standing.doubt > 0.0 else 0.0,
        why=_why(worth, standing),
        href=href,
    )


def _why(worth: StepWorth, standing: Standing) -> str:
    """Say what a step is most about, and how much is known of that now."""
    name = worth.about[0][0]
    musts = {item.odds.must.label: item.odds.chance for item in standing.musts}
    if name in musts:
        return f"Tells most about “{name}”, which is {_percent(musts[name])} likely met so far."
    chances = {item.belief.competency: item.chance for item in standing.competencies}
    label = competency_labels().get(name, name)
    return f"Tells most about {label}, where the bar is {_percent(chances.get(name))} likely met so far."


def _percent(chance: float | None) -> str:
    return f"{100 * (chance or 0.0):.0f}%"


def _interviews_at(application_id: int) -> str:
    return _page("interviewing:of_application", application_id)


def _page(name: str, *arguments: int | str) -> str:
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
