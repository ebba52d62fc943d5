import pytest

from assay.core.deciding.decision import IllegalDecisionError
from assay.core.deciding.evidence import (
    ShownKind,
    check_ground,
    rest_on,
    shown_by_result,
    shown_without_text,
    usual_ground,
)
from assay.core.screening.result import ScreeningStatus

from .results import make_result


def test_a_screened_document_shows_its_verdicts_score_flags_and_every_claim_with_its_quote():
    items = shown_by_result(result=make_result())
    assert [item.key for item in items] == [
        "must_have:deployed",
        "must_have:oncall",
        "score:score",
        "flag:0",
        "claim:1",
        "claim:2",
        "claim:3",
    ]
    assert items[4].quotes == ("Shipped a ranking model to 4M users.",)


def test_a_document_that_needs_a_person_shows_its_advice_and_no_score():
    (item,) = shown_by_result(result=make_result(status=ScreeningStatus.NEEDS_PERSON))
    assert (item.kind, item.says) == (ShownKind.UNREADABLE, "The file is locked with a password.")


def test_without_any_document_that_very_fact_is_what_was_shown():
    assert shown_without_text(advice="")[0].kind is ShownKind.NO_DOCUMENT


def test_only_the_must_haves_that_were_not_found_are_the_usual_ground():
    assert usual_ground(items=shown_by_result(result=make_result())) == {"must_have:oncall"}


def test_where_one_thing_is_shown_it_is_the_usual_ground():
    assert usual_ground(items=shown_without_text(advice="Locked.")) == {"unreadable:document"}


def test_a_rejection_rests_on_at_least_one_thing_that_was_shown():
    items = shown_by_result(result=make_result())
    with pytest.raises(IllegalDecisionError, match="at least one"):
        check_ground(items=items)
    check_ground(items=rest_on(items=items, keys=["claim:3"]))


def test_ticking_something_that_was_not_shown_is_refused():
    with pytest.raises(IllegalDecisionError, match="no longer shown"):
        rest_on(items=shown_by_result(result=make_result()), keys=["claim:99"])
