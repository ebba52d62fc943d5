"""Invented applicants: the same seed always gives the same people with the same histories."""

from dataclasses import dataclass
from random import Random

from assay.runtime.demo.company import Company, DemoJob

LATEST_YEAR = 2026


@dataclass(frozen=True, slots=True)
class DemoPosition:
    """One position in an invented history; months are ``YYYY-MM`` and an empty end means today."""

    title: str
    employer: str
    started: str
    ended: str
    bullets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoResume:
    """An invented applicant. ``kind`` says which sort of history was drawn; it is never shown to screening."""

    kind: str
    name: str
    email: str
    phone: str
    town: str
    title: str
    summary: str
    positions: tuple[DemoPosition, ...]
    projects: tuple[str, ...]
    skills: tuple[str, ...]
    education: str


def draw_resumes(*, company: Company, job: DemoJob, random: Random, taken: set[str]) -> list[DemoResume]:
    """Draw the applicants of one job. ``taken`` holds the names in use and grows."""
    kinds = [kind for kind, count in job.mix.items() for _ in range(count)]
    random.shuffle(kinds)
    return [_draw(company=company, job=job, kind=kind, random=random, taken=taken) for kind in kinds]


def _draw(*, company: Company, job: DemoJob, kind: str, random: Random, taken: set[str]) -> DemoResume:
    name = _draw_name(company=company, random=random, taken=taken)
    title = _draw_title(company=company, role=job.role, kind=kind, random=random)
    lines = _draw_bullets(company=company, role=job.role, kind=kind, random=random)
    return DemoResume(
        kind=kind,
        name=name,
        email=f"{name.lower().replace(' ', '.')}@mail.example",
        phone=f"+44 7700 900{random.randrange(1000):03d}",
        town=random.choice(company.towns),
        title=title,
        summary="Passionate expert in production machine learning at scale." if kind in ("inflated", "stuffed") else "",
        positions=_draw_positions(company=company, title=title, lines=lines, random=random),
        projects=tuple(company.bullets[job.role].projects) if kind in ("partial", "course") else (),
        skills=_draw_skills(company=company, role=job.role, kind=kind, random=random),
        education=f"{random.choice(('BSc', 'MSc'))} Computer Science, {random.choice(company.schools)}",
    )


def _draw_name(*, company: Company, random: Random, taken: set[str]) -> str:
    while True:
        name = f"{random.choice(company.first_names)} {random.choice(company.last_names)}"
        if name not in taken:
            taken.add(name)
            return name


def _draw_title(*, company: Company, role: str, kind: str, random: Random) -> str:
    match kind:
        case "inflated":
            return "Lead Machine Learning Engineer"
        case "stuffed":
            return "Senior AI/ML Engineer"
        case "course":
            return "Aspiring Machine Learning Engineer"
        case "research":
            return "Research Assistant"
        case "adjacent":
            return "Site Reliability Engineer"
        case _:
            return random.choice(company.titles[role])


def _draw_bullets(*, company: Company, role: str, kind: str, random: Random) -> list[str]:
    own = company.bullets[role]
    filler = random.sample(company.shared["filler"], 2)
    match kind:
        case "production":
            lines = random.sample(own.production, min(len(own.production), random.randint(4, 6)))
            lines += random.sample(own.partial, 1)
        case "partial":
            lines = random.sample(own.partial, min(len(own.partial), 3)) + random.sample(own.production, 1)
        case _:
            pool = company.shared[kind]
            lines = random.sample(pool, min(len(pool), random.randint(2, 4)))
    lines += filler
    random.shuffle(lines)
    return lines


def _draw_positions(*, company: Company, title: str, lines: list[str], random: Random) -> tuple[DemoPosition, ...]:
    count = 1 if len(lines) < 5 else random.choice((2, 2, 3))
    employers = random.sample(company.employers, count)
    year, positions = LATEST_YEAR, []
    for index, employer in enumerate(employers):
        started = year - random.randint(1, 3)
        ended = "" if index == 0 else f"{year}-{random.randint(1, 6):02d}"
        share = tuple(lines[index::count])
        plain = title.replace("Lead ", "").replace("Senior ", "") if index else title
        positions.append(DemoPosition(plain, employer, f"{started}-{random.randint(7, 12):02d}", ended, share))
        year = started
    return tuple(positions)


def _draw_skills(*, company: Company, role: str, kind: str, random: Random) -> tuple[str, ...]:
    if kind == "stuffed":
        everything = sorted({skill for group in company.skills.values() for skill in group})
        return tuple(everything)
    own, common = company.skills[role], company.skills["common"]
    return tuple(random.sample(common, 4) + random.sample(own, 3))
