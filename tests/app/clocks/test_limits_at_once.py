"""Two people set the same limit for the first time, on two database connections."""

from collections.abc import Callable

import pytest
from tests.simultaneous import at_once

from assay.app.clocks.actions.limits import LimitDraft, LimitError, set_limit
from assay.app.clocks.models import ClockRule
from assay.platform.access.roles import Role
from assay.platform.accounts.models import User

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_set_a_limit_first_one_is_told_that_the_other_was_faster(
    transactional_db: None, account: Callable[[str, Role], User]
) -> None:
    ada, bo = account("Ada", Role.ADMIN), account("Bo", Role.ADMIN)

    def sets(actor: User, hours: str) -> Callable[[], object]:
        draft = LimitDraft("review", hours, "open_days", "66", is_off=False, seen_revision=0)
        return lambda: set_limit(actor=actor, draft=draft)

    answers = at_once(sets(ada, "24"), sets(bo, "48"))
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert [type(answer) for answer in refused] == [LimitError]
    assert "in the meantime" in str(refused[0])
    assert ClockRule.objects.count() == 1
