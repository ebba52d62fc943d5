"""What ships for applicants is whole, and a mistake in a sheet says where it is."""

import shutil
from pathlib import Path

import pytest

from assay.app.applying.rules import consent_rules
from assay.core.applying.questions import QuestionKind
from assay.core.applying.states import RequestKind
from assay.core.deciding.decision import WithdrawReason
from assay.core.pipeline.stage import StageGroup
from assay.knowledge.applying import sheets
from assay.knowledge.loading import KnowledgeError


def test_every_place_says_what_is_asked_how_long_it_is_kept_and_where_that_comes_from() -> None:
    for rule in consent_rules().places.values():
        assert rule.statement
        assert rule.months >= 1
        assert rule.source.title
        assert rule.source.as_of is not None


def test_every_stage_reason_and_wish_has_words() -> None:
    words = sheets.load_words()
    assert set(words.stages) == {group.value for group in StageGroup}
    assert set(words.withdraw) <= {reason.value for reason in WithdrawReason}
    assert set(words.requests) == {kind.value for kind in RequestKind}


def test_every_kind_of_question_has_a_pace() -> None:
    assert set(sheets.load_limits().pace.kinds) == {kind.value for kind in QuestionKind}


@pytest.mark.parametrize(
    ("name", "old", "new", "load"),
    [
        ("consent.yaml", 'place: "*"', "place: XX", sheets.load_consent),
        ("consent.yaml", "months: 24", "months: 0", sheets.load_consent),
        ("limits.yaml", "  lookup:", "  other:", sheets.load_limits),
        ("demographics.yaml", "key: age", "key: gender", sheets.load_demographics),
        ("words.yaml", "  offer:", "  gift:", sheets.load_words),
    ],
)
def test_a_mistake_in_a_sheet_names_the_file(tmp_path: Path, name: str, old: str, new: str, load) -> None:
    shipped = Path(sheets.__file__).parent / name
    shutil.copy(shipped, tmp_path / name)
    text = (tmp_path / name).read_text()
    assert old in text
    (tmp_path / name).write_text(text.replace(old, new, 1))
    with pytest.raises(KnowledgeError, match=name):
        load(tmp_path)
