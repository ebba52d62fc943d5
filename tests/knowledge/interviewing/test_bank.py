"""The question bank as it ships, and what is refused in one that is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from assay.knowledge.evidence.sheets import load_competencies
from assay.knowledge.interviewing.planning_sheet import load_planning
from assay.knowledge.interviewing.sheets import SHIPPED_BANK, load_bank, load_formats, read_bank
from assay.knowledge.loading import KnowledgeError

Spoil = Callable[[dict[str, object]], object]


def test_every_format_of_a_question_is_one_that_is_explained() -> None:
    known = {one.id for one in load_formats().formats}
    assert {name for question in load_bank().questions for name in question.formats} <= known


def test_a_suggested_plan_ends_with_a_talk_about_working_together() -> None:
    assert load_planning().talks[-1].format == "culture"


def test_no_question_is_asked_in_the_same_words_twice() -> None:
    asked = [question.ask.casefold() for question in load_bank().questions]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("competency", [note.id for note in load_competencies().competencies])
def test_levels_of_a_question_lie_on_the_scale(competency: str) -> None:
    for question in load_bank().questions:
        if question.competency == competency:
            assert 0 <= question.levels[0] < question.levels[1] <= 4


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda one: one.update(competency="juggling"), "no competency 'juggling'"),
        (lambda one: one.update(levels=[3, 3]), "tell nothing apart"),
        (lambda one: one.update(sources=["F999"]), "no fact F999"),
        (lambda one: one.update(strong=[]), "strong"),
        (lambda one: one.update(red_flags=[]), "red_flags"),
        (lambda one: one.update(minutes=0), "minutes"),
        (lambda one: one.update(formats=["karaoke"]), "formats"),
        (lambda one: one.update(follow_ups=["The same thing."] * 2), "twice"),
        (lambda one: one.update(colour="red"), "colour"),
        (lambda one: one.pop("why"), "why"),
    ],
)
def test_a_wrong_question_stops_the_start_and_says_what_is_wrong(tmp_path: Path, spoil: Spoil, says: str) -> None:
    part = yaml.safe_load((SHIPPED_BANK / "first-conversation.yaml").read_text())
    spoil(part["questions"][0])
    (tmp_path / "own.yaml").write_text(yaml.safe_dump(part, allow_unicode=True))

    with pytest.raises(KnowledgeError, match=says):
        read_bank(folder=tmp_path)


def test_an_id_in_two_parts_of_the_bank_is_refused(tmp_path: Path) -> None:
    text = (SHIPPED_BANK / "first-conversation.yaml").read_text()
    (tmp_path / "a.yaml").write_text(text)
    (tmp_path / "b.yaml").write_text(text)

    with pytest.raises(KnowledgeError, match=r"also stands in a\.yaml"):
        read_bank(folder=tmp_path)


def test_a_bank_without_a_part_says_where_to_put_one(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="holds no question file"):
        read_bank(folder=tmp_path)
