from pathlib import Path

import pytest

from assay.knowledge.loading import KnowledgeError
from assay.knowledge.readiness import sheets
from assay.knowledge.readiness.sheets import load_readiness

SHIPPED = Path(sheets.__file__).parent


@pytest.fixture
def own(tmp_path):
    """Shipped files with one text replaced, in a folder of one's own."""

    def write(name, old, new):
        text = (SHIPPED / name).read_text()
        assert old in text
        (tmp_path / name).write_text(text.replace(old, new, 1))
        return tmp_path

    return write


def test_there_are_twenty_to_thirty_questions_over_seven_dimensions():
    asked = load_readiness().questions
    assert 20 <= len(asked.questions) <= 30
    assert len(asked.dimensions) == 7
    counts = [sum(one.dimension == note.id for one in asked.questions) for note in asked.dimensions]
    assert min(counts) >= 4


def test_every_question_is_complete_and_its_levels_differ():
    for note in load_readiness().questions.questions:
        assert note.ask.endswith("?")
        assert len(set(note.levels)) == 5
        assert note.facts
        assert note.knows_best
        assert note.example.endswith(".")


def test_every_line_stays_within_what_people_read_on_a_terminal():
    for note in load_readiness().questions.questions:
        assert max(map(len, note.levels)) < 140, note.id


def test_what_stops_a_hire_is_what_the_field_names():
    stops = {note.question for note in load_readiness().verdict.hard_stops}
    assert {"data_access", "accountable_owner", "path_to_production"} <= stops


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("questions.yaml", "id: ml_fit", "id: success_metric", "'success_metric' stands twice under questions"),
        ("questions.yaml", "dimension: ethics", "dimension: luck", "names no dimension of the file"),
        ("questions.yaml", "owner: product, weeks: [1, 3]", "owner: dog, weeks: [1, 3]", "'dog', who is not among"),
        ("questions.yaml", "weeks: [1, 3]", "weeks: [3, 1]", "the smaller first"),
        ("questions.yaml", "weight: 2", "weight: 0", r"field questions\[0\]\.weight"),
        ("verdict.yaml", "question: lawful_use", "question: luck", "there is no question 'luck'"),
        ("verdict.yaml", "prepare_below: 1.25", "prepare_below: 3.25", "Put the lower number first"),
        ("verdict.yaml", "lift_to: 3", "lift_to: 1", "lift_to must stand above"),
        ("verdict.yaml", "at_most: 0", "at_most: 9", "at_most"),
        ("verdict.yaml", "usual: lower_median", "usual: loudest", "combine.usual"),
        ("verdict.yaml", "data: {prepare", "luck: {prepare", "there is no dimension 'luck'"),
    ],
)
def test_a_file_of_ones_own_that_does_not_hold_together_names_what_to_mend(own, name, old, new, message):
    with pytest.raises(KnowledgeError, match=message):
        load_readiness(own(name, old, new))


def test_a_file_of_ones_own_is_used_and_the_other_stays_as_shipped(own):
    knowledge = load_readiness(own("verdict.yaml", "talk_gap: 2", "talk_gap: 3"))
    assert knowledge.verdict.talk_gap == 3
    assert knowledge.questions == load_readiness().questions
