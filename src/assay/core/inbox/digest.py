"""The daily letter: an inbox in words, short enough to be read on a phone."""

from dataclasses import dataclass
from datetime import datetime

from assay.core.inbox.items import Inbox, Urgency, by_kind
from assay.core.inbox.words import time_words

MOST_PER_KIND = 8


@dataclass(frozen=True, slots=True)
class DigestText:
    """A subject and a plain text."""

    subject: str
    text: str


def write_digest(*, inbox: Inbox, name: str, address: str, now: datetime) -> DigestText | None:
    """Return the letter about what waits at ``now``, or None when nothing does.

    ``address`` is the installation's, without a slash at the end. A kind shows its eight worst items and says how many
    more there are.
    """
    if not inbox.items:
        return None
    over = inbox.count(urgency=Urgency.OVER, now=now)
    waiting = len(inbox.items)
    subject = f"{waiting} waiting" if waiting > 1 else "One thing waits"
    if over:
        subject += f", {over} overdue"
    lines = [f"Good morning{f', {name}' if name else ''}.", "", "This waits for you, the worst first:"]
    for kind, members in by_kind(inbox=inbox):
        lines += ["", kind.heading]
        for item in members[:MOST_PER_KIND]:
            words = time_words(item=item, now=now)
            about = f" ({item.about})" if item.about else ""
            lines += [f"- {item.title}{about}{f': {words}' if words else ''}", f"  {address}{item.href}"]
        if len(members) > MOST_PER_KIND:
            lines.append(f"- and {len(members) - MOST_PER_KIND} more")
    lines += ["", f"All of it: {address}/inbox/", "There you also choose when this letter comes, or that it does not."]
    return DigestText(subject=subject, text="\n".join(lines) + "\n")
