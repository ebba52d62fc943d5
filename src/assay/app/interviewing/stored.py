"""Kits and drafts as the tables keep them, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from assay.app.interviewing.models import PlannedInterview
from assay.core.interviewing.card import CardDraft, RatingDraft
from assay.core.interviewing.kit import AskedQuestion, Kit
from assay.core.interviewing.states import Recommendation

Stored = dict[str, Any]


def encode_questions(questions: Sequence[AskedQuestion]) -> list[Stored]:
    """Return questions as they are kept."""
    return [
        {"id": one.question_id, "ask": one.ask, "competency": one.competency, "minutes": one.minutes}
        for one in questions
    ]


def decode_questions(kept: Sequence[Mapping[str, Any]]) -> tuple[AskedQuestion, ...]:
    """Return kept questions as values; what is missing is empty."""
    return tuple(
        AskedQuestion(
            str(one.get("id", "")), str(one.get("ask", "")), str(one.get("competency", "")), int(one.get("minutes", 0))
        )
        for one in kept
    )


def kit_of_plan(row: PlannedInterview) -> Kit:
    """Return a planned interview as the kit it makes."""
    return Kit(
        title=row.title,
        purpose=row.purpose,
        minutes=row.minutes,
        focus=tuple(row.focus),
        questions=decode_questions(row.questions),
        format=row.format,
    )


def encode_kit(kit: Kit) -> Stored:
    """Return a kit as an interview keeps it."""
    return {
        "title": kit.title,
        "purpose": kit.purpose,
        "format": kit.format,
        "minutes": kit.minutes,
        "focus": list(kit.focus),
        "questions": encode_questions(kit.questions),
    }


def decode_kit(kept: Mapping[str, Any]) -> Kit:
    """Return the kit of an interview."""
    return Kit(
        title=str(kept.get("title", "")),
        purpose=str(kept.get("purpose", "")),
        minutes=int(kept.get("minutes", 0)),
        focus=tuple(map(str, kept.get("focus", ()))),
        questions=decode_questions(kept.get("questions", ())),
        format=str(kept.get("format", "")),
    )


def encode_card(card: CardDraft) -> Stored:
    """Return a card's fields as a draft keeps them."""
    return {
        "ratings": [
            {
                "competency": one.competency,
                "level": one.level,
                "not_assessed": one.is_not_assessed,
                "evidence": one.evidence,
            }
            for one in card.ratings
        ],
        "takeaways": card.takeaways,
        "left_open": card.left_open,
        "private_note": card.private_note,
        "recommendation": card.recommendation.value if card.recommendation else "",
    }


def decode_card(kept: Mapping[str, Any]) -> CardDraft:
    """Return a kept draft as a card; an empty one when nothing was kept."""
    recommendation = kept.get("recommendation", "")
    return CardDraft(
        ratings=tuple(
            RatingDraft(
                competency=one["competency"],
                level=one["level"],
                is_not_assessed=one["not_assessed"],
                evidence=one["evidence"],
            )
            for one in kept.get("ratings", ())
        ),
        takeaways=kept.get("takeaways", ""),
        left_open=kept.get("left_open", ""),
        private_note=kept.get("private_note", ""),
        recommendation=Recommendation(recommendation) if recommendation else None,
    )
