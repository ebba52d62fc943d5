"""Who names stored bytes by their hash alone, where the database does not guard them by a reference.

``still_named`` carries ``sha256`` and is sent before bytes are deleted; whoever keeps such a hash listens and answers
whether it does. One yes keeps the bytes.
"""

from django.dispatch import Signal

still_named = Signal()
