"""Registers messaging with Django."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Messaging: what is written to candidates and what they answer."""

    name = "assay.app.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Listen to decisions, to what happens to letters outside, letters that come in; say which files stay."""
        from assay.app.deciding.announcing import decided
        from assay.app.messaging.actions.following import follow_letter
        from assay.app.messaging.actions.receiving import take_in
        from assay.app.messaging.actions.rejections import answer_decision
        from assay.app.messaging.queries.attached import is_attached
        from assay.platform.files.naming import still_named
        from assay.platform.mail.news import letter_arrived, letter_moved

        decided.connect(answer_decision, dispatch_uid="messaging.answer_decision")
        letter_moved.connect(follow_letter, dispatch_uid="messaging.follow_letter")
        letter_arrived.connect(take_in, dispatch_uid="messaging.take_in")
        still_named.connect(is_attached, dispatch_uid="messaging.is_attached")
