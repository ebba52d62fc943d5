"""Hand the limits that the field knows to the core, which must not load them itself."""

from functools import cache

import msgspec

from assay.core.documents.limits import Limits
from assay.knowledge.documents.limits import load_limits


@cache
def document_limits() -> Limits:
    """Return the shipped reading limits as the value the core asks for."""
    return msgspec.convert(load_limits().limits, Limits)
