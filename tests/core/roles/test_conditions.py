import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.roles.compiling.conditions import AllOf, AnyOf, Comparison, Not, Operation, facts_of, holds

FACTS = {"timing": "batch", "team": ("software", "product"), "load": 250, "level_rank": 3, "budget_rank": 2}


def truth(fact, operation, value=""):
    return holds(condition=Comparison(fact, Operation(operation), value), facts=FACTS)


@pytest.mark.parametrize(
    ("fact", "operation", "value", "expected"),
    [
        ("timing", "is", "batch", True),
        ("timing", "is", "once", False),
        ("timing", "is_one_of", ("once", "batch"), True),
        ("team", "has", "product", True),
        ("team", "has_any", ("platform", "software"), True),
        ("team", "has_any", ("platform",), False),
        ("team", "counts", 2, True),
        ("team", "counts", 3, False),
        ("load", "at_least", 250, True),
        ("load", "above", 250, False),
        ("load", "at_most", 250, True),
        ("load", "below", 250, False),
        ("load", "known", "", True),
        ("nothing", "unknown", "", True),
        ("budget_rank", "less_than", "level_rank", True),
        ("budget_rank", "more_than", "level_rank", False),
        ("budget_rank", "differs", "level_rank", True),
        ("nothing", "is", "x", None),
        ("budget_rank", "less_than", "nothing", None),
        ("timing", "at_least", 3, None),
    ],
)
def test_each_operation_compares_as_it_says(fact, operation, value, expected):
    assert truth(fact, operation, value) is expected


YES, NO, OPEN = (
    Comparison("timing", Operation.IS, "batch"),
    Comparison("timing", Operation.IS, "once"),
    Comparison("nothing", Operation.IS, "x"),
)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (AllOf((YES, OPEN)), None),
        (AllOf((NO, OPEN)), False),
        (AnyOf((YES, OPEN)), True),
        (AnyOf((NO, OPEN)), None),
        (Not(OPEN), None),
        (Not(NO), True),
        (AllOf((YES, Not(NO))), True),
    ],
)
def test_what_is_unknown_decides_nothing_unless_it_cannot_matter(condition, expected):
    assert holds(condition=condition, facts=FACTS) is expected


@given(st.recursive(st.sampled_from([YES, NO, OPEN]), lambda inner: st.lists(inner, min_size=1, max_size=3).map(
    lambda parts: AllOf(tuple(parts))) | inner.map(Not), max_leaves=8))  # fmt: skip
def test_not_turns_true_to_false_and_leaves_unknown(condition):
    inner = holds(condition=condition, facts=FACTS)
    turned = holds(condition=Not(condition), facts=FACTS)
    assert turned is (None if inner is None else not inner)


def test_a_condition_names_every_fact_it_looks_at():
    condition = AllOf((YES, Not(AnyOf((OPEN, Comparison("budget_rank", Operation.LESS_THAN, "level_rank"))))))
    assert facts_of(condition=condition) == {"timing", "nothing", "budget_rank", "level_rank"}
