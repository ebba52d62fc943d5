"""What pages of adverts read from a request."""

from collections.abc import Mapping

from django.http import Http404

from assay.app.postings.actions.drafts import FixRequest
from assay.app.postings.writing import PartError, read_part
from assay.core.postings.circumstances import Circumstances
from assay.platform.numbers import read_id, read_whole

STATES = (("", "All"), ("draft", "Drafts"), ("published", "Published"), ("taken_down", "Taken down"))
_YES_NO = {"yes": True, "no": False}


def id_or_404(text: str) -> int | None:
    """Return the id in a parameter, ``None`` without one; raises ``Http404`` for what cannot be an id."""
    found = read_id(text)
    if text and found is None:
        raise Http404("There is no such thing.")
    return found


def read_fix(posted: Mapping[str, str]) -> FixRequest:
    """Return the finding that a form names; raises ``PartError`` for a form that names none."""
    start, end = (read_whole(posted.get(name, ""), most_digits=8) for name in ("start", "end"))
    if start is None or end is None:
        raise PartError(field="start", message="This form names no finding. Load the page again.")
    return FixRequest(
        rule_id=posted.get("rule_id", ""),
        section=read_part(posted.get("section", "")),
        start=start,
        end=end,
        quote=posted.get("quote", "").replace("\r\n", "\n"),
        text=posted.get("text"),
    )


def read_circumstances(posted: Mapping[str, str]) -> Circumstances:
    """Return what the laws ask about as a form says it; what cannot be read is unknown."""
    codes = (part.strip().upper() for part in posted.get("places", "").replace(";", ",").split(","))
    return Circumstances(
        employees=read_whole("".join(posted.get("employees", "").split()), most_digits=8),
        places=tuple(code for code in codes if 2 <= len(code) <= 6 and code.replace("-", "").isalnum())[:50],
        screens_with_software=_YES_NO.get(posted.get("screens", "")),
    )
