"""What pages of adverts read from a request, and who asks."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest

from assay.app.postings.actions.drafts import FixRequest
from assay.app.postings.writing import PartError, read_part
from assay.core.postings.circumstances import Circumstances

STATES = (("", "All"), ("draft", "Drafts"), ("published", "Published"), ("taken_down", "Taken down"))
_YES_NO = {"yes": True, "no": False}


def is_htmx(request: HttpRequest) -> bool:
    """Return whether a part of a page asked, and not the browser for a whole one."""
    return request.headers.get("HX-Request") == "true"


def read_id(text: str) -> int | None:
    """Return the id in a parameter, ``None`` without one; raises ``Http404`` for what cannot be an id."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404("There is no such thing.")
    return int(text)


def read_fix(posted: Mapping[str, str]) -> FixRequest:
    """Return the finding that a form names; raises ``PartError`` for a form that names none."""
    start, end = posted.get("start", ""), posted.get("end", "")
    if not all(number.isascii() and number.isdigit() and len(number) < 9 for number in (start, end)):
        raise PartError(field="start", message="This form names no finding. Load the page again.")
    return FixRequest(
        rule_id=posted.get("rule_id", ""),
        section=read_part(posted.get("section", "")),
        start=int(start),
        end=int(end),
        quote=posted.get("quote", "").replace("\r\n", "\n"),
        text=posted.get("text"),
    )


def read_circumstances(posted: Mapping[str, str]) -> Circumstances:
    """Return what the laws ask about as a form says it; what cannot be read is unknown."""
    digits = "".join(posted.get("employees", "").split())
    codes = (part.strip().upper() for part in posted.get("places", "").replace(";", ",").split(","))
    return Circumstances(
        employees=int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else None,
        places=tuple(code for code in codes if 2 <= len(code) <= 6 and code.replace("-", "").isalnum())[:50],
        screens_with_software=_YES_NO.get(posted.get("screens", "")),
    )
