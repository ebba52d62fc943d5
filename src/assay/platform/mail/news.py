"""News of letters, for whoever keeps conversations: how far a letter came, and that one came in.

``letter_moved`` carries ``letter_id``, ``key``, ``state`` (``LetterState``) and ``error`` (the words of a server or of
a person, else ""). It is sent in the transaction that stores the state, for every state but ``handing_over`` and the
first ``waiting``. A listener that fails does not keep a sent letter from being known as sent: it is told again later.
So it may be told twice.

``letter_arrived`` carries ``arrival_id``. It is sent in a job, in the transaction that marks the arrival as handled; a
listener that fails is asked again later. What it returns, a word or two, is kept as the outcome.
"""

from django.dispatch import Signal

letter_moved = Signal()
letter_arrived = Signal()
