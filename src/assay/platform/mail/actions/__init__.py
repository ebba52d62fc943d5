"""The only writers of letters, mailboxes and arrivals."""

from assay.platform.mail.actions.deciding import mark_arrived, note_bounce, resend
from assay.platform.mail.actions.posting import call_back, post

__all__ = ["call_back", "mark_arrived", "note_bounce", "post", "resend"]
