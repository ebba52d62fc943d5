"""What the candidate is told about an interview, in their own local time where it is known."""

from zoneinfo import ZoneInfo

from assay.app.interviewing.models import Interview
from assay.app.interviewing.stored import decode_kit
from assay.app.messaging.actions.writing import write
from assay.core.messaging.states import MessageKind
from assay.knowledge.interviewing.sheets import load_formats
from assay.platform.accounts.models import User

_NO_PLACE = "We tell you in time."
_NO_ABOUT = "It is a conversation; nothing to prepare."


def write_invitation(*, actor: User, interview: Interview, about: str) -> bool:
    """Invite the candidate and tell whether a letter goes out."""
    values = {**_values(interview), "interview_about": about or usual_words(format_id=interview.kit.get("format", ""))}
    return _write(actor, interview, "interview_invitation", values)


def write_change(*, actor: User, interview: Interview) -> bool:
    """Tell the candidate of another time or place and tell whether a letter goes out."""
    return _write(actor, interview, "interview_moved", _values(interview))


def write_cancellation(*, actor: User, interview: Interview) -> bool:
    """Tell the candidate that it is called off and tell whether a letter goes out."""
    values = _values(interview)
    kept = {name: values[name] for name in ("interview_title", "interview_when")}
    return _write(actor, interview, "interview_cancelled", kept)


def usual_words(*, format_id: str) -> str:
    """Return what a candidate is told about a kind of conversation when nobody wrote something better."""
    return next((one.for_candidate for one in load_formats().formats if one.id == format_id), _NO_ABOUT)


def _values(interview: Interview) -> dict[str, str]:
    zone = interview.candidate_zone or interview.time_zone
    local = interview.starts_at.astimezone(ZoneInfo(zone))
    minutes = round((interview.ends_at - interview.starts_at).total_seconds() / 60)
    names = [seat.user.display_name for seat in interview.panel.select_related("user").filter(excused_at__isnull=True)]
    return {
        "interview_title": decode_kit(interview.kit).title,
        "interview_when": f"{local:%A} {local.day} {local:%B %Y, %H:%M} ({zone})",
        "interview_length": f"{minutes} minutes",
        "interview_where": interview.place or _NO_PLACE,
        "interviewers": " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names) or "our team",
    }


def _write(actor: User, interview: Interview, template: str, values: dict[str, str]) -> bool:
    message_id = write(
        actor=actor,
        application_id=interview.application_id,
        kind=MessageKind.INVITATION,
        template=template,
        values=values,
        wish=f"{template}:{interview.pk}:{interview.revision}",
    )
    return message_id is not None
