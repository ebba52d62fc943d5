"""The one list of keyboard shortcuts. Pages put ``data-key`` on a button or link; this says what the key means."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A key, or two keys pressed in turn (``g j``), what it does, and the heading it stands under."""

    keys: str
    label: str
    group: str


@dataclass(frozen=True, slots=True)
class ShortcutGroup:
    """Shortcuts under one heading of the map."""

    title: str
    shortcuts: tuple[Shortcut, ...]


SHORTCUTS = (
    Shortcut("?", "Show this map", "Everywhere"),
    Shortcut("/", "Search or filter", "Everywhere"),
    Shortcut("Escape", "Close, or go back", "Everywhere"),
    Shortcut("Ctrl+Enter", "Send the form you are in", "Everywhere"),
    Shortcut("n", "Add a new one", "Everywhere"),
    Shortcut("Ctrl+k", "Go anywhere, do anything", "Everywhere"),
    Shortcut("g i", "Inbox: what waits for you", "Go to"),
    Shortcut("g d", "Define: the path to a job", "Go to"),
    Shortcut("g j", "Jobs", "Go to"),
    Shortcut("g c", "Candidates", "Go to"),
    Shortcut("g v", "Interviews", "Go to"),
    Shortcut("g m", "Messages", "Go to"),
    Shortcut("g k", "Clocks", "Go to"),
    Shortcut("g r", "Roles", "Go to"),
    Shortcut("g p", "People", "Go to"),
    Shortcut("g s", "Settings", "Go to"),
    Shortcut("g a", "Audit", "Go to"),
    Shortcut("c", "Compare the ticked applicants", "Lists"),
    Shortcut("x", "Tick", "Lists"),
    Shortcut("Shift+J", "Tick the next one too", "Lists"),
    Shortcut("Shift+K", "Tick the one before too", "Lists"),
    Shortcut("↑ ↓ ← →", "Go from card to card", "Board"),
    Shortcut("Shift+←", "Move the card one stage back", "Board"),
    Shortcut("Shift+→", "Move the card one stage on", "Board"),
    Shortcut("j", "Next candidate", "Review"),
    Shortcut("k", "Previous candidate", "Review"),
    Shortcut("a", "Advance to the next stage", "Review"),
    Shortcut("r", "Reject: pick the reason by its digit", "Review"),
    Shortcut("h", "Hold", "Review"),
    Shortcut("s", "Move to a stage", "Review"),
    Shortcut("m", "Write to the candidate", "Review"),
    Shortcut("z", "Undo the last step", "Review"),
    Shortcut("e", "Next piece of evidence", "Review"),
    Shortcut("t", "Résumé as pages or as text", "Review"),
    Shortcut("o", "Open the whole profile", "Review"),
)


def shortcut_groups(shortcuts: Sequence[Shortcut] = SHORTCUTS) -> tuple[ShortcutGroup, ...]:
    """Return the shortcuts under their headings, in the order of the list."""
    found = groupby(shortcuts, key=lambda shortcut: shortcut.group)
    return tuple(ShortcutGroup(title, tuple(members)) for title, members in found)
