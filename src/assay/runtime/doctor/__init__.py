"""``assay doctor``: what is right, what is wrong, and what to do about it."""

from collections.abc import Iterator

from assay.runtime.doctor.finding import Finding
from assay.runtime.doctor.machine import examine_machine
from assay.runtime.doctor.service import examine_service


def examine(*, host: str, port: int) -> Iterator[Finding]:
    """Yield one finding after another, the cheap ones first. Changes nothing."""
    yield from examine_machine(host=host, port=port)
    yield from examine_service()
