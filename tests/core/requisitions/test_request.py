"""Facts, budgets, gaps, codes and drafts of a request."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.base.source import Source
from assay.core.requisitions.approval import Approval, ApprovalState
from assay.core.requisitions.budget import BudgetState, LoadedFactor, check_budget
from assay.core.requisitions.code import next_code, opening_codes
from assay.core.requisitions.completeness import Request, Target, Weight, find_gaps, is_complete
from assay.core.requisitions.draft import DraftError, RequisitionDraft, check_draft, title_from
from assay.core.requisitions.facts import Change, GuardedField, facts_hash, find_changes, money_fact, range_fact
from assay.core.requisitions.gate import ask_gate
from assay.core.requisitions.status import ReadinessGate

FACTOR = LoadedFactor(Decimal("1.4"), Source("Facts of the field", "F122"), is_assumed=True)
FULL = Request(True, True, True, True, True, True, True, "hire", "Hire", ReadinessGate.BLOCK)
TODAY = date(2026, 11, 21)
DRAFT = RequisitionDraft("Arrival times")
FACT_MAPS = st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=12), max_size=6)


@given(FACT_MAPS, st.text(min_size=1, max_size=8), st.text(min_size=1, max_size=12))
def test_a_hash_is_of_what_was_said_and_of_nothing_else(facts: dict[str, str], key: str, value: str) -> None:
    turned = dict(reversed(list(facts.items())))
    assert facts_hash(facts) == facts_hash(turned) == facts_hash({**facts, "never said": ""})
    assert (facts_hash({**facts, key: value}) == facts_hash(facts)) == (facts.get(key) == value)


def test_how_facts_are_written_does_not_change_for_an_approval_would_lapse_with_it() -> None:
    assert range_fact(low=Decimal("150000.00"), high=Decimal(190_000), currency="USD") == "USD 150,000 to 190,000"
    assert money_fact(amount=Decimal("1234.5"), currency="EUR") == "EUR 1,234.50"
    assert facts_hash({"headcount": "2"}).startswith("75a2aaaae9a9")


def test_changes_are_said_in_the_order_of_the_guarded_fields() -> None:
    guarded = [GuardedField("band", "Band"), GuardedField("headcount", "Headcount")]
    current = {"headcount": "2", "band": "EUR 1"}
    found = find_changes(approved={"headcount": "1", "other": "x"}, current=current, guarded=guarded)
    assert [one.sentence for one in found] == ["Band changed from nothing to EUR 1", "Headcount changed from 1 to 2"]


@pytest.mark.parametrize(
    ("budget", "state", "words"),
    [
        (Decimal(300_000), BudgetState.INSIDE, "20,000 is left"),
        (Decimal(250_000), BudgetState.TIGHT, "30,000 over the budget"),
        (Decimal(200_000), BudgetState.OVER, "even the bottom of the band is EUR 24,000 over"),
        (None, BudgetState.UNKNOWN, "No budget"),
    ],
)
def test_the_band_is_held_against_the_budget_and_being_over_is_said(
    budget: Decimal | None, state: BudgetState, words: str
) -> None:
    check = check_budget(
        low=Decimal(80_000),
        high=Decimal(100_000),
        band_currency="EUR",
        headcount=2,
        factor=FACTOR,
        budget=budget,
        budget_currency="EUR",
    )
    assert check.state is state and words in check.sentence
    assert "assumed" in check.steps[-1] and "1.40" in check.steps[-1]


def test_currencies_are_never_converted_in_silence() -> None:
    check = check_budget(
        low=Decimal(1),
        high=Decimal(2),
        band_currency="EUR",
        headcount=1,
        factor=FACTOR,
        budget=Decimal(3),
        budget_currency="USD",
    )
    assert check.state is BudgetState.UNKNOWN and "EUR" in check.sentence and "USD" in check.sentence


@pytest.mark.parametrize(
    ("change", "key", "weight"),
    [
        ({"has_problem": False}, "request", Weight.BLOCKS),
        ({"has_role": False}, "role", Weight.BLOCKS),
        ({"has_band": False}, "market", Weight.BLOCKS),
        ({"has_budget": False}, "request", Weight.BLOCKS),
        ({"has_plan": False}, "request", Weight.BLOCKS),
        ({"has_cost": False}, "cost", Weight.WARNS),
        ({"has_model": False}, "model", Weight.WARNS),
        ({"readiness": ""}, "ready", Weight.BLOCKS),
        ({"readiness": "prepare_first"}, "ready", Weight.BLOCKS),
        ({"readiness": "prepare_first", "gate": ReadinessGate.WARN}, "ready", Weight.WARNS),
    ],
)
def test_each_thing_that_is_missing_is_said_with_its_desk(change: dict[str, object], key: str, weight: Weight) -> None:
    gaps = find_gaps(request=replace(FULL, **change))  # type: ignore[arg-type]
    assert [(gap.key, gap.weight) for gap in gaps] == [(key, weight)]
    assert is_complete(gaps=gaps) == (weight is Weight.WARNS)


@pytest.mark.parametrize("gate", list(ReadinessGate))
@pytest.mark.parametrize("verdict", ["hire", "hire_with_conditions"])
def test_nothing_is_missing_from_a_whole_request(gate: ReadinessGate, verdict: str) -> None:
    assert find_gaps(request=replace(FULL, gate=gate, readiness=verdict)) == ()


def test_readiness_that_is_not_asked_is_not_missed() -> None:
    assert find_gaps(request=replace(FULL, gate=ReadinessGate.OFF, readiness="")) == ()


def test_interviews_open_only_with_an_approved_band() -> None:
    for state in ApprovalState:
        for has_band in (True, False):
            answer = ask_gate(has_requisition=True, has_band=has_band, approval=Approval(state))
            assert answer.is_open == (has_band and state is ApprovalState.APPROVED)
            assert answer.is_open or (answer.why and answer.todo)
    assert not ask_gate(has_requisition=False, has_band=False, approval=Approval(ApprovalState.NOT_SUBMITTED)).is_open


def test_what_lapsed_is_named_and_only_told_with_its_values_to_who_may_see_them() -> None:
    changes = (
        Change(GuardedField("band", "Band"), "EUR 1 to 2", ""),
        Change(GuardedField("budget", "Budget"), "5", "6"),
    )
    lapsed = Approval(ApprovalState.LAPSED, changes=changes)
    answer = ask_gate(has_requisition=True, has_band=True, approval=lapsed)
    assert answer.why == "The approval of the band has lapsed: Band changed; Budget changed."
    told = ask_gate(has_requisition=True, has_band=True, approval=lapsed, with_values=True)
    assert "Band changed from EUR 1 to 2 to nothing; Budget changed from 5 to 6" in told.why


def test_each_gap_knows_where_it_is_filled() -> None:
    bare = replace(FULL, has_problem=False, has_band=False, has_budget=False, has_plan=False)
    targets = [(gap.key, gap.target) for gap in find_gaps(request=bare)]
    assert targets == [
        ("request", Target.FORM),
        ("market", Target.DESK),
        ("request", Target.FORM),
        ("request", Target.PEOPLE),
    ]


@given(st.lists(st.integers(1, 1200), max_size=20))
def test_a_code_is_never_given_twice(numbers: list[int]) -> None:
    taken = [f"REQ-2026-{number:03d}" for number in numbers] + ["REQ-2025-999", "nonsense"]
    assert next_code(year=2026, taken=taken) not in taken


def test_codes_and_openings_are_numbered() -> None:
    assert next_code(year=2027, taken=["REQ-2026-004"]) == "REQ-2027-001"
    assert opening_codes(code="REQ-2026-001", first=2, count=2) == ("REQ-2026-001-2", "REQ-2026-001-3")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"problem": "x" * 10_001}, "problem"),
        ({"headcount": 0}, "headcount"),
        ({"headcount": 201}, "headcount"),
        ({"budget": Decimal(0)}, "budget"),
        ({"budget": Decimal(10) ** 12}, "budget"),
        ({"currency": "euro"}, "currency"),
        ({"needed_by": date(2026, 11, 20)}, "needed_by"),
    ],
)
def test_what_cannot_be_stored_names_its_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(DraftError) as refused:
        check_draft(draft=replace(DRAFT, **change), today=TODAY)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_day_that_has_passed_since_does_not_keep_other_words_from_being_saved() -> None:
    past = date(2026, 1, 1)
    check_draft(draft=replace(DRAFT, needed_by=past), today=TODAY, old_needed_by=past)


@given(st.text(max_size=400))
def test_a_title_made_from_a_problem_is_short_and_one_line(problem: str) -> None:
    title = title_from(problem=problem)
    assert len(title) <= 71 and "\n" not in title
