"""Build a first advert from a role and what is known of the problem: problem first, and a blank for every unknown."""

from collections.abc import Mapping

from assay.core.postings.advert import Advert, Pay, Terms, WorkPlace, plain
from assay.core.postings.blanks import blank
from assay.core.roles.role import Role, Seniority

# What ``intake`` may hold: each key, and the question that is asked where it is missing. Values are plain sentences
# or phrases; keys that are not listed are left alone.
INTAKE_QUESTIONS: dict[str, str] = {
    "today": "How is this problem handled today, and what does that cost?",
    "decision": "Which decision or product will the model serve, and for whom?",
    "data": "Which data is there: kind, volume, how clean, since when?",
    "model": "Which kind of model or method is expected, or is finding it part of the work?",
    "performance": "How good and how fast must it be (metric, latency, cost)?",
    "stage": "Is this new (greenfield), scaling or maintenance?",
    "scale": "How many users, requests or predictions a day, now and in a year?",
    "team": "Who else is on the team, and whom does this person report to?",
    "honest_challenges": "What is hard here: technical debt, missing tools, limits of the data?",
    "growth": "How can this person grow: learning time, publishing, conferences, technical lead?",
    "remote": "From which countries or states may people work, and how often on site?",
    "time_zone": "Which hours of which time zone are shared, and how does the team work together?",
    "how_we_hire": "Which steps, how long is each, and when will applicants hear from you?",
    "about": "Who are you, in three sentences?",
}
MOST_MUST_HAVES = 5
_WORK_PLACES = {WorkPlace.ON_SITE: "On site.", WorkPlace.HYBRID: "Hybrid.", WorkPlace.REMOTE: "Remote."}
_EXPERIENCE = {
    Seniority.JUNIOR: "A first or second job in machine learning; you will be guided.",
    Seniority.MID: "You have done this work before and need guidance only on what is new.",
    Seniority.SENIOR: "You have taken such systems to production and answered for them.",
    Seniority.LEAD: "You have set the direction of such work for others.",
}


def build_advert(
    *, role: Role, intake: Mapping[str, str], pay: Pay, terms: Terms, skill_labels: Mapping[str, str] | None = None
) -> Advert:
    """Return a first advert, problem before tools (F171), with a blank for each fact that nobody has given.

    ``intake`` maps keys of ``INTAKE_QUESTIONS`` to what was said. Nothing is invented: what the role and the intake
    do not say becomes a ``[? question]`` that the check reports until a person has answered it. ``skill_labels`` gives
    what people call a skill by its id; one without a label keeps its id.
    """
    tidied = {key: plain(value).strip() for key, value in intake.items()}
    said = {key: value for key, value in tidied.items() if value}

    def answer(key: str) -> str:
        return _sentence(said[key]) if key in said else blank(INTAKE_QUESTIONS[key])

    must_haves = tuple(must.label for must in role.must_haves[:MOST_MUST_HAVES])
    return Advert(
        title=role.title,
        problem="\n\n".join(part for part in (_sentence(role.problem), answer("decision"), answer("today")) if part),
        challenge=" ".join((answer("data"), answer("model"), answer("performance"))),
        stage_and_scale=" ".join((answer("stage"), answer("scale"))),
        responsibilities=_responsibilities(role, answer("team")),
        must_haves=must_haves or (blank("What can the work not be done without? At most five, as things done."),),
        nice_to_haves=_nice_to_haves(role, skill_labels or {}),
        outcomes_90_days=role.outcomes or (blank("What should be true after 90 days that both sides can check?"),),
        honest_challenges=answer("honest_challenges"),
        growth=answer("growth"),
        remote_and_time_zone=_where(terms, said),
        benefits=_listed(said.get("benefits", "")) or (blank("Which benefits: leave, insurance, pension, equipment?"),),
        how_we_hire=answer("how_we_hire"),
        about=answer("about"),
        pay=pay,
        terms=terms,
    )


def _responsibilities(role: Role, team: str) -> tuple[str, ...]:
    """Name what the role weighs most as the work, because the role's weights are what the person will be judged by."""
    heaviest = sorted(role.competencies, key=lambda bar: (-bar.weight, bar.competency))[:5]
    work = tuple(f"{bar.label}: {blank(f'what exactly, on which system? ({bar.label.lower()})')}" for bar in heaviest)
    return (*work, team)


def _nice_to_haves(role: Role, labels: Mapping[str, str]) -> tuple[str, ...]:
    beyond = tuple(must.label for must in role.must_haves[MOST_MUST_HAVES:])
    tools = ", ".join(labels.get(skill, skill) for skill in role.skills[:8])
    return (*beyond, *((f"Helpful and learnable here: {tools}",) if tools else ()), _EXPERIENCE[role.seniority])


def _where(terms: Terms, said: Mapping[str, str]) -> str:
    parts = [_WORK_PLACES[terms.work_place]] if terms.work_place else []
    towns = ", ".join(" ".join(filter(None, (place.locality, place.code))) for place in terms.locations)
    parts += [f"Place of work: {towns}."] if towns else []
    parts += [f"People may work from: {', '.join(terms.applicants_from)}."] if terms.applicants_from else []
    for key in ("remote", "time_zone"):
        known = key == "remote" and bool(terms.applicants_from or (towns and terms.work_place is WorkPlace.ON_SITE))
        if key in said:
            parts.append(_sentence(said[key]))
        elif not known:
            parts.append(blank(INTAKE_QUESTIONS[key]))
    return " ".join(parts)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", ";").split(";") if part.strip())


def _sentence(text: str) -> str:
    tidy = " ".join(text.split())
    return tidy if not tidy or tidy[-1] in ".!?]" else f"{tidy}."
