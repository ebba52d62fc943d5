"""The forms of plans, arrangements and scorecards, read into drafts; nothing here decides or writes."""

from collections.abc import Mapping
from datetime import date, time

from django.http import QueryDict

from assay.app.interviewing.actions.checking import Arrangement, FreeTalk
from assay.app.interviewing.actions.plans import PlannedDraft
from assay.app.interviewing.actions.refusal import InterviewRefused
from assay.app.interviewing.bank import LONGEST_SEARCH, SENIORITIES, BankFilter, format_labels
from assay.app.interviewing.needs import competency_labels
from assay.core.interviewing.card import CardDraft, RatingDraft
from assay.core.interviewing.drafting import SentDraft
from assay.core.interviewing.kit import AskedQuestion
from assay.core.interviewing.states import Recommendation
from assay.knowledge.interviewing.sheets import load_bank
from assay.platform.numbers import read_whole

QUESTION_ROWS = 20
NOT_ASSESSED = "none"
_MOST_DIGITS, _LONGEST_WRITER = 9, 40


def read_bank_filter(*, fields: QueryDict) -> BankFilter:
    """Read what to look for in the bank; what is unknown is left out."""
    return BankFilter(
        words="".join(one if one.isprintable() else " " for one in fields.get("q", ""))[:LONGEST_SEARCH].strip(),
        competency=_known(fields.get("competency", ""), competency_labels()),
        format=_known(fields.get("format", ""), format_labels()),
        seniority=_known(fields.get("level", ""), SENIORITIES),
    )


def read_planned(*, fields: QueryDict) -> PlannedDraft:
    """Read a planned interview: rows of questions in the order typed, then those added from the bank."""
    rows = []
    for number in range(1, QUESTION_ROWS + 1):
        ask, ident = fields.get(f"ask_{number}", ""), fields.get(f"question_{number}", "")
        if (ask.strip() or ident) and fields.get(f"drop_{number}") != "on":
            asked = AskedQuestion(
                ident, ask, fields.get(f"competency_{number}", ""), number_of(fields.get(f"minutes_{number}", ""))
            )
            rows.append((number_of(fields.get(f"order_{number}", "")) or number, number, asked))
    bank = load_bank().by_id()
    added = [bank[ident] for ident in fields.getlist("add") if ident in bank]
    questions = [asked for _, _, asked in sorted(rows, key=lambda row: row[:2])]
    questions += [AskedQuestion(one.id, one.ask, one.competency, one.minutes) for one in added]
    return PlannedDraft(
        stage_id=number_of(fields.get("stage", "")),
        title=fields.get("title", ""),
        purpose=fields.get("purpose", ""),
        format=fields.get("format", ""),
        minutes=number_of(fields.get("minutes", "")),
        focus=tuple(dict.fromkeys(fields.getlist("focus"))),
        questions=tuple(questions),
        panel=_ids(fields, "panel"),
    )


def read_arrangement(*, fields: QueryDict) -> Arrangement:
    """Read when, where and with whom. Raises ``InterviewRefused`` for what is no day or time."""
    try:
        day = date.fromisoformat(fields.get("day", "").strip())
    except ValueError as error:
        raise InterviewRefused("Choose the day, such as 2026-11-30.", field="day") from error
    try:
        at = time.fromisoformat(fields.get("at", "").strip())
    except ValueError as error:
        raise InterviewRefused("Give the time as hours and minutes, such as 14:30.", field="at") from error
    return Arrangement(
        day=day,
        at=at.replace(second=0, microsecond=0),
        minutes=number_of(fields.get("minutes", "")),
        time_zone=fields.get("time_zone", ""),
        candidate_zone=fields.get("candidate_zone", ""),
        place=fields.get("place", ""),
        panel=_ids(fields, "panel"),
    )


def read_planned_id(*, fields: QueryDict) -> int | None:
    """Read which planned interview is arranged; None for one of its own."""
    return number_of(fields.get("planned", "")) or None


def read_free(*, fields: QueryDict) -> FreeTalk:
    """Read an interview that no plan holds."""
    return FreeTalk(
        title=fields.get("title", ""),
        purpose=fields.get("purpose", ""),
        focus=tuple(dict.fromkeys(fields.getlist("focus"))),
    )


def read_card(*, fields: QueryDict) -> CardDraft:
    """Read a scorecard: ``level_<competency>`` of 0-4 or "none", ``evidence_<competency>`` and the fields around them.

    Competencies named in ``competency``, and the one in ``add``, are on the card even when nothing was said of them.
    Raises ``InterviewRefused`` for a level that is none.
    """
    known = competency_labels()
    named = [*fields.getlist("competency"), fields.get("add", "")]
    on_card = [one for one in dict.fromkeys(named) if one in known or f"level_{one}" in fields]
    recommendation = fields.get("recommendation", "")
    return CardDraft(
        ratings=tuple(_rating(fields, one[:80]) for one in on_card),
        takeaways=fields.get("takeaways", ""),
        left_open=fields.get("left_open", ""),
        private_note=fields.get("private_note", ""),
        recommendation=Recommendation(recommendation) if recommendation in set(Recommendation) else None,
    )


def read_sent(*, fields: QueryDict) -> SentDraft:
    """Read which draft the form was made on, which page sends it, and its turn there."""
    writer = "".join(one for one in fields.get("writer", "") if one.isalnum())[:_LONGEST_WRITER]
    return SentDraft(number_of(fields.get("number", "")), writer, number_of(fields.get("turn", "")))


def number_of(text: str) -> int:
    """Return a whole number from 0, and 0 for everything that is none."""
    return read_whole(text.strip(), most_digits=_MOST_DIGITS) or 0


def _rating(fields: QueryDict, competency: str) -> RatingDraft:
    level = fields.get(f"level_{competency}", "")
    evidence = fields.get(f"evidence_{competency}", "")
    if level in ("", NOT_ASSESSED):
        return RatingDraft(competency, None, level == NOT_ASSESSED, evidence)
    if level not in {"0", "1", "2", "3", "4"}:
        raise InterviewRefused("Choose a level from 0 to 4, or “not assessed”.", field=f"level_{competency}")
    return RatingDraft(competency, int(level), is_not_assessed=False, evidence=evidence)


def _ids(fields: QueryDict, name: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(number_of(value) for value in fields.getlist(name)))


def _known(value: str, among: Mapping[str, str]) -> str:
    return value if value in among else ""
