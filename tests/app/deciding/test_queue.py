"""The review queue: who is in it, in which order, and where one stands."""

from datetime import timedelta
from random import Random

import pytest
from django.http import Http404
from django.utils import timezone
from tests.app.deciding.acts import act, hold, reject
from tests.app.pipeline.cast import START, advance, apply, apply_many, make_job

from assay.app.deciding.queue import ROWS_AFTER, ROWS_BEFORE, Musts, Order, QueueFilter, Show, get_queue
from assay.app.pipeline.actions.applications import index_application
from assay.app.pipeline.models import Application
from assay.core.deciding.decision import DecisionKind
from assay.core.pipeline.status import ScreeningState

TODAY = timezone.localdate()


def look(job, at=None, today=TODAY, **chosen):
    return get_queue(job_id=job.pk, chosen=QueueFilter(**chosen), at=at, today=today)


def names(job, **chosen):
    return [row.name for row in look(job, **chosen).rows]


def walk(job, *, backwards=False, start=None, **chosen):
    """Follow the button for the next candidate to the end; return ids and positions."""
    queue = look(job, at=start, **chosen)
    seen, positions = [], []
    while queue.at is not None and queue.at not in seen:
        seen.append(queue.at)
        positions.append(queue.position)
        following = queue.previous_id if backwards else queue.next_id
        if following is None:
            break
        queue = look(job, at=following, **chosen)
    return seen, positions


def random_scores(seed):
    """Scores with many ties and gaps."""
    dice = Random(seed)
    return [dice.choice([None, None, 0.0, 12.5, 50.0, 50.001, 99.999, 100.0, dice.random() * 100]) for _ in range(20)]


def best_first(application):
    return (application.score is None, -(application.score or 0), application.pk)


def longest_waiting_first(application):
    return (application.applied_at, application.pk)


SORTING = {Order.SCORE: best_first, Order.OLDEST: longest_waiting_first, Order.NEWEST: longest_waiting_first}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("order", list(Order))
def test_walking_on_from_the_first_visits_everyone_once_in_the_order_said(job, order, seed):
    apply_many(job, random_scores(seed))
    everyone = list(Application.objects.filter(job=job))
    expected = sorted(everyone, key=SORTING[order])
    ids = [application.pk for application in expected]
    if order is Order.NEWEST:
        ids.reverse()
    assert walk(job, order=order) == (ids, list(range(1, 21)))
    assert walk(job, order=order, start=ids[-1], backwards=True) == (ids[::-1], list(range(20, 0, -1)))


@pytest.mark.parametrize("order", list(Order))
def test_the_list_is_a_window_of_the_queue_around_where_one_stands(job, order):
    apply_many(job, random_scores(9) + random_scores(10) + random_scores(11))
    everyone = sorted(Application.objects.filter(job=job), key=SORTING[order])
    ids = [application.pk for application in everyone]
    if order is Order.NEWEST:
        ids.reverse()
    for place in (0, 1, ROWS_BEFORE, 30, 58, 59):
        queue = look(job, at=ids[place], order=order)
        expected = ids[max(0, place - ROWS_BEFORE) : place + 1 + ROWS_AFTER]
        assert [row.application_id for row in queue.rows] == expected
        assert (queue.position, queue.total) == (place + 1, 60)


def test_an_empty_queue_stands_nowhere(job):
    queue = look(job)
    assert (queue.rows, queue.at, queue.position, queue.total) == ((), None, None, 0)


def test_an_unknown_job_has_no_queue(db):
    with pytest.raises(Http404):
        get_queue(job_id=2**40, chosen=QueueFilter(), at=None, today=TODAY)


def test_who_was_decided_on_keeps_neighbours_but_no_position(job):
    first, middle, last = apply_many(job, [90.0, 50.0, 10.0])
    advance(middle)
    queue = look(job, at=middle.pk)
    assert (queue.position, queue.total) == (None, 2)
    assert (queue.previous_id, queue.next_id) == (first.pk, last.pk)
    assert [row.application_id for row in queue.rows] == [first.pk, middle.pk, last.pk]


def test_an_applicant_of_another_job_is_not_shown_here(job, recruiter):
    own = apply(job, "Own", score=10)
    foreign = apply(make_job(recruiter, title="Elsewhere"), "Foreign", score=99)
    assert look(job, at=foreign.pk).at == own.pk
    assert look(job, at=2**62).at == own.pk


def test_deciding_moves_people_between_the_lists(job, recruiter):
    waiting = apply(job, "Waiting", score=50)
    apply(job, "Unread", screening_state=ScreeningState.NEEDS_PERSON)
    apply(job, "Empty", screening_state=ScreeningState.NO_DOCUMENT)
    act(recruiter, apply(job, "Advanced", score=80), DecisionKind.ADVANCE)
    reject(recruiter, apply(job, "Rejected", score=20))
    hold(recruiter, apply(job, "Held", score=30), TODAY + timedelta(days=3))
    assert names(job) == ["Waiting", "Unread", "Empty"]
    assert names(job, show=Show.PERSON) == ["Unread", "Empty"]
    assert names(job, show=Show.HELD) == ["Held"]
    assert names(job, show=Show.DECIDED) == ["Advanced", "Rejected"]
    assert len(names(job, show=Show.ALL)) == 6
    act(recruiter, waiting, DecisionKind.ADVANCE)
    assert names(job) == ["Unread", "Empty"]


def test_the_held_come_back_on_their_day(job, recruiter):
    hold(recruiter, apply(job, "Held", score=30), TODAY + timedelta(days=3))
    assert names(job, today=TODAY + timedelta(days=2)) == []
    assert names(job, today=TODAY + timedelta(days=3)) == ["Held"]


def test_must_haves_stages_and_words_narrow_the_queue(job):
    met = apply(job, "Met", score=70, must_haves_met=2, must_haves_total=2)
    missing = apply(job, "Missing", score=60, must_haves_missing=1, must_haves_met=1, must_haves_total=2)
    apply(job, "Unknown", score=50, must_haves_total=2)
    apply(job, "None asked", score=40)
    assert names(job, musts=Musts.MET) == ["Met"]
    assert names(job, musts=Musts.MISSING) == ["Missing"]
    moved = advance(apply(job, "Moved", score=10), 3)
    assert names(job, show=Show.ALL, stage_id=moved.stage_id) == ["Moved"]
    index_application(application_id=met.pk, text="retrained the pricing models weekly", skills=["Airflow"])
    index_application(application_id=missing.pk, text="painted fences", skills=[])
    for words in ("airflow", "retraining models", "met", '"pricing models"', "airflow -fences"):
        assert names(job, words=words) == ["Met"], words


def test_the_query_string_leads_back_to_the_same_filter():
    from assay.app.deciding.forms import filter_of

    dice = Random(3)
    for _ in range(50):
        chosen = QueueFilter(
            show=dice.choice(list(Show)),
            musts=dice.choice(list(Musts)),
            order=dice.choice(list(Order)),
            stage_id=dice.choice([None, 1, 2**40]),
            words=dice.choice(["", "c++ & go", "=?#", "naïve 🚀"]),
            as_text=dice.choice([True, False]),
        )
        assert filter_of(chosen.query(at=7)) == chosen


def test_the_queue_takes_the_same_few_queries_however_many_wait(job, django_assert_num_queries):
    for more in (3, 90):
        apply_many(job, [50.0] * more)
        at = Application.objects.filter(job=job).order_by("-pk")[0].pk
        with django_assert_num_queries(6):
            look(job, at=at)


def test_one_person_of_the_same_hour_is_not_lost_among_many(job):
    apply_many(job, [None] * 12)
    Application.objects.filter(job=job).update(applied_at=START)
    for order in Order:
        seen, _ = walk(job, order=order)
        assert len(seen) == 12
