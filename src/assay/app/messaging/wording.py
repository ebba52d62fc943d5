"""Which words count for a letter: the organisation's own version where there is one, else those that ship."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404

from assay.app.messaging.models import Template
from assay.app.messaging.rules import template_sheet
from assay.core.messaging.rendering import Words
from assay.core.messaging.states import MessageKind
from assay.knowledge.messaging.sheets import TemplateNote, VariableNote


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it would be written now. ``version`` is None for words that ship.

    ``variables`` are all the names that may stand in it, those of every letter first.
    """

    key: str
    title: str
    about: str
    kind: MessageKind
    words: Words
    variables: tuple[VariableNote, ...]
    version: int | None

    @property
    def examples(self) -> Mapping[str, str]:
        """A value for each name, for previews."""
        return {variable.name: variable.example for variable in self.variables}

    @property
    def secrets(self) -> frozenset[str]:
        """The names whose values only the candidate may see."""
        return frozenset(variable.name for variable in self.variables if variable.is_secret)

    @property
    def is_for_hands(self) -> bool:
        """Tell whether a person may start from it: the letters that the product sends by itself are not offered."""
        return self.kind is MessageKind.LETTER


def get_letter(*, key: str) -> Letter:
    """Return the letter with this key as it counts now. Raises ``Http404``."""
    note = find_note(key=key)
    own = Template.objects.filter(key=key).order_by("-version").first()
    return _letter(note, own)


def get_shipped(*, key: str) -> Letter:
    """Return the letter with this key as it ships. Raises ``Http404``."""
    return _letter(find_note(key=key), None)


def list_letters() -> tuple[Letter, ...]:
    """Return every letter as it counts now, in the order of the sheet, in one statement."""
    own = {row.key: row for row in Template.objects.order_by("key", "-version").distinct("key")}
    return tuple(_letter(note, own.get(note.key)) for note in template_sheet().templates)


def find_note(*, key: str) -> TemplateNote:
    """Return what the sheet says of a letter. Raises ``Http404``."""
    note = next((note for note in template_sheet().templates if note.key == key), None)
    if note is None:
        raise Http404("There is no such letter.")
    return note


def _letter(note: TemplateNote, own: Template | None) -> Letter:
    is_own = own is not None and not own.is_retired
    return Letter(
        key=note.key,
        title=own.title if own and is_own else note.title,
        about=note.about,
        kind=MessageKind(note.kind),
        words=Words(own.subject, own.body) if own and is_own else Words(note.subject, note.body),
        variables=(*template_sheet().common, *note.variables),
        version=own.version if own and is_own else None,
    )
