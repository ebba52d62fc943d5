"""One-time links stay out of the log: whoever reads it could follow them."""

import logging
import re

_SECRET_LINK = re.compile(r"(/invitations/|/password/reset/key/|/status/(?!link\b))[^/\s]+")


class HidesSecretLinks(logging.Filter):
    """Cuts the secret part out of addresses in messages. Lets every message through."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return True, after hiding what is secret in the message."""
        message = record.getMessage()
        if _SECRET_LINK.search(message):
            record.msg, record.args = _SECRET_LINK.sub(r"\1...", message), ()
        return True
