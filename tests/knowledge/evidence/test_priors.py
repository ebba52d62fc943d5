"""The sheet that profiles are worked out by: complete, sane, and clear about what is wrong with it."""

import pytest

from assay.knowledge.evidence import sheets
from assay.knowledge.evidence.sheets import load_competencies, load_profile_sheet, load_reliability
from assay.knowledge.loading import KnowledgeError


@pytest.fixture
def edited(tmp_path, monkeypatch):
    """Loads the sheet with one line changed."""

    def load(old: str, new: str):
        text = (sheets._HERE / "priors.yaml").read_text()
        assert old in text
        (tmp_path / "priors.yaml").write_text(text.replace(old, new))
        (tmp_path / "competencies.yaml").write_text((sheets._HERE / "competencies.yaml").read_text())
        monkeypatch.setattr(sheets, "_HERE", tmp_path)
        return load_profile_sheet.__wrapped__()

    return load


def test_every_level_of_seat_has_a_prior_on_the_scale() -> None:
    sheet = load_profile_sheet()
    assert list(sheet.seniorities) == ["junior", "mid", "senior", "lead"]
    for note in sheet.seniorities.values():
        assert 0 < note.middle < 4
        assert 0.5 <= note.spread <= 1.5


def test_offsets_keep_every_prior_on_the_scale() -> None:
    sheet = load_profile_sheet()
    for note in sheet.seniorities.values():
        for offset in (*sheet.competencies.values(), sheet.sent_on):
            assert 0 <= note.middle + offset <= 4


def test_one_document_shares_more_than_one_person_and_that_more_than_one_room() -> None:
    shared = load_profile_sheet().shared
    assert 1 > shared.document > shared.observer > shared.conversation > 0


def test_a_rating_has_a_reliability_to_be_weighed_with() -> None:
    assert 0 < load_reliability().observers["interview"].base < 1


def test_every_number_has_a_source_and_a_date() -> None:
    sheet = load_profile_sheet()
    assert len(sheet.sources) >= 4
    assert sheet.as_of
    assert {note.id for note in load_competencies().competencies} >= set(sheet.competencies)


def test_a_missing_level_of_seat_is_named(edited) -> None:
    with pytest.raises(KnowledgeError, match="'lead' is missing"):
        edited("  lead: {middle: 1.9, spread: 1.2}\n", "")


def test_an_unknown_competency_is_named(edited) -> None:
    with pytest.raises(KnowledgeError, match="no competency 'juggling'"):
        edited("modelling: 0.4", "juggling: 0.4")


def test_a_correlation_beyond_one_is_refused(edited) -> None:
    with pytest.raises(KnowledgeError, match=r"shared\.document"):
        edited("document: 0.8", "document: 1.8")
