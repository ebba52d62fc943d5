import logging

import pytest
from django.conf import settings

from assay.runtime.log_secrets import HidesSecretLinks


def written(text: str, *values: str) -> str:
    """What stands in the log for a message."""
    record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, text, values, None)
    assert HidesSecretLinks().filter(record)
    return record.getMessage()


@pytest.mark.parametrize("path", ["/invitations/sEcReT/", "/accounts/password/reset/key/1-sEcReT/"])
def test_a_link_that_works_once_is_not_written_to_the_log(path: str) -> None:
    assert "sEcReT" not in written("%s: %s", "Internal Server Error", path)
    assert written("%s: %s", "Internal Server Error", path).startswith("Internal Server Error: /")


def test_other_messages_are_written_as_they_are() -> None:
    assert written("Not Found: %s", "/jobs/7/") == "Not Found: /jobs/7/"


def test_every_handler_of_the_log_hides_them() -> None:
    filters = settings.LOGGING["filters"]
    hiding = {name for name, how in filters.items() if how["()"].endswith(".HidesSecretLinks")}
    assert all(hiding & set(handler["filters"]) for handler in settings.LOGGING["handlers"].values())
