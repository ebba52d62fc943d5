"""The words of a history: what each entry of the audit log means to whoever reads about one application.

A desk that leaves events about applications adds its verbs here; what is not here is not shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class HappeningKind(StrEnum):
    """What a happening is about."""

    DECISION = "decision"
    INTERVIEW = "interview"
    MESSAGE = "message"
    DOCUMENT = "document"
    CLOCK = "clock"
    PERSON = "person"
    APPLICATION = "application"


class Without(StrEnum):
    """Who acted where the log names no account."""

    ASSAY = "Assay"
    CANDIDATE = "The candidate"


@dataclass(frozen=True, slots=True)
class Words:
    """How a verb is told: its icon, what it is about, the words after a name, and who acted if no account did."""

    icon: str
    kind: HappeningKind
    words: str
    without: Without = Without.ASSAY


_A, _C, _D = HappeningKind.APPLICATION, HappeningKind.CLOCK, HappeningKind.DOCUMENT
_I, _M, _P = HappeningKind.INTERVIEW, HappeningKind.MESSAGE, HappeningKind.PERSON
_ME = Without.CANDIDATE

VERBS: Mapping[str, Words] = {
    "application.recorded": Words("plus", _A, "added this application"),
    "application.received": Words("plus", _A, "applied on the careers page", _ME),
    "application.sent_again": Words("plus", _A, "sent the application again", _ME),
    "application.transferred_in": Words("arrow-right-left", _A, "brought this application here from another job"),
    "application.considered": Words("copy", _A, "considered them for this job as well"),
    "application.marked_internal": Words("house", _A, "noted that they work here"),
    "application.marked_external": Words("house", _A, "noted that they do not work here"),
    "application.screened": Words("scale", _D, "screened it"),
    "application.screening_requested": Words("scale", _D, "asked to screen it again"),
    "application.screening_finished": Words("scale", _D, "finished screening it"),
    "document.attached": Words("file-text", _D, "attached a document"),
    "document.removed": Words("file-text", _D, "took a document away that belongs to somebody else"),
    "document.read": Words("scroll-text", _D, "read a document"),
    "person.corrected": Words("pencil", _P, "corrected the contact", _ME),
    "people.merged": Words("merge", _P, "found two records to be this person and merged them"),
    "people.parted": Words("split", _P, "took a merge of two records back"),
    "people.told_apart": Words("users", _P, "said that somebody alike is another person"),
    "people.looked_at_again": Words("users", _P, "asked again if somebody alike is the same person"),
    "interview.arranged": Words("calendar", _I, "arranged an interview"),
    "interview.moved": Words("calendar", _I, "moved an interview"),
    "interview.changed": Words("calendar", _I, "changed an interview"),
    "interview.cancelled": Words("x", _I, "called an interview off"),
    "interview.held": Words("check", _I, "noted that an interview was held"),
    "interview.no_show": Words("user-x", _I, "noted that nobody came to an interview"),
    "interview.excused": Words("user-x", _I, "excused somebody from an interview"),
    "interview.asked_again": Words("user-check", _I, "asked somebody to an interview again"),
    "scorecard.submitted": Words("clipboard-check", _I, "handed a scorecard in"),
    "scorecard.added_to": Words("clipboard-check", _I, "added to a scorecard"),
    "message.written": Words("mail", _M, "wrote to the candidate"),
    "message.received": Words("inbox", _M, "wrote to us", _ME),
    "message.called_back": Words("undo-2", _M, "called a letter back before it went"),
    "message.not_sent": Words("circle-x", _M, "could not send a letter"),
    "message.problem_settled": Words("circle-check", _M, "settled a problem with a letter"),
    "conversation.settled": Words("circle-check", _M, "marked the conversation as answered"),
    "candidate.asked": Words("message-square", _M, "asked us for something", _ME),
    "request.answered": Words("message-square", _M, "answered what they asked for"),
    "status_link.sent": Words("link", _M, "sent a fresh link to their status page"),
    "promise.broken": Words("alarm-clock", _C, "had to count a promised date as broken"),
    "promise.delay_told": Words("alarm-clock", _C, "told the candidate of a delay"),
    "promise.delay_not_told": Words("alarm-clock", _C, "could not tell the candidate of a delay"),
    "promise.replaced": Words("alarm-clock", _C, "promised a new date"),
    "promise.made": Words("alarm-clock", _C, "promised the candidate a date"),
    "promise.kept": Words("badge-check", _C, "kept the promised date"),
    "clocks.paused": Words("pause", _C, "paused the clocks"),
    "clocks.resumed": Words("clock", _C, "let the clocks run again"),
    "clock.explained": Words("alarm-clock", _C, "said why a clock was broken"),
    "clock.explained_again": Words("alarm-clock", _C, "changed why a clock was broken"),
}
