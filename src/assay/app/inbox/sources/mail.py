"""Items from mail."""

from collections.abc import Iterator

from assay.app.inbox.asking import Asked
from assay.core.inbox.items import Item


def mail_items(asked: Asked) -> Iterator[Item]:
    """Yield nothing."""
    del asked
    yield from ()
