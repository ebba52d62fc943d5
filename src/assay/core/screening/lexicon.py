"""Find the concepts that a sentence speaks of, by thousands of phrases in one pass."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ahocorasick

from assay.core.screening.folding import fold
from assay.core.screening.inflection import noun_forms, verb_forms

MASK = "mask"


@dataclass(frozen=True, slots=True)
class Concept:
    """The words for one idea: verbs (inflected), nouns (with plural) and phrases (as they stand)."""

    id: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found at ``[start, end)`` of the folded text."""

    concept: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class NamedSystem:
    """What names a system: an application (fraud) shortly before a kind of system (platform), or a whole phrase.

    ``models`` are kinds of system that can only be models (classifier), so that naming one tells of a model.
    """

    applications: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()


NAMED = "named_system"
NAMED_MODEL = "named_model"
_APPLICATION = "application of a system"
_SYSTEM = "kind of system"
_MODEL = "kind of model"
_NEAR = 26


class Lexicon:
    """All concepts compiled for search. Groups are concepts that are there when any of their members is."""

    def __init__(
        self,
        *,
        concepts: Iterable[Concept],
        groups: Mapping[str, tuple[str, ...]],
        irregular: Mapping[str, tuple[str, ...]],
        named: NamedSystem | None = None,
    ) -> None:
        named = named or NamedSystem()
        concepts = (
            *concepts,
            Concept(id=_APPLICATION, phrases=named.applications),
            Concept(id=_SYSTEM, phrases=named.systems),
            Concept(id=_MODEL, phrases=named.models),
            Concept(id=NAMED_MODEL),
            Concept(id=NAMED, phrases=named.whole),
        )
        phrases: dict[str, list[str]] = {}
        known: set[str] = set()
        for concept in concepts:
            known.add(concept.id)
            for form in _forms(concept, irregular):
                ids = phrases.setdefault(fold(form), [])
                if concept.id not in ids:
                    ids.append(concept.id)
        self._automaton = ahocorasick.Automaton()
        for form, names in phrases.items():
            self._automaton.add_word(form, (len(form), tuple(names)))
        self._automaton.make_automaton()
        self._parents = _parents(groups, known)
        self.names = frozenset(known | set(groups))

    def hits(self, folded: str) -> list[Hit]:
        """Return every concept with its place; what lies inside a masking phrase is left out."""
        found: list[Hit] = []
        masks: list[tuple[int, int]] = []
        length = len(folded)
        for last, (size, names) in self._automaton.iter(folded):
            start, end = last - size + 1, last + 1
            if (start and folded[start - 1].isalnum()) or (end < length and folded[end].isalnum()):
                continue
            if MASK in names:
                masks.append((start, end))
            found.extend(Hit(concept=name, start=start, end=end) for name in names if name != MASK)
        if not masks:
            return found
        return [hit for hit in found if not any(a <= hit.start and hit.end <= b for a, b in masks)]

    def names_of(self, hits: Iterable[Hit]) -> frozenset[str]:
        """Return the concepts of ``hits`` and every group that they belong to."""
        found = list(hits)
        names: set[str] = set()
        for hit in found:
            names.add(hit.concept)
            names.update(self._parents.get(hit.concept, ()))
        if _APPLICATION in names:
            if _SYSTEM in names and _follows(found, _SYSTEM):
                names.add(NAMED)
            if _MODEL in names and _follows(found, _MODEL):
                names.update((NAMED, NAMED_MODEL, *self._parents.get(NAMED_MODEL, ())))
        return frozenset(names)

    def with_groups(self, name: str) -> frozenset[str]:
        """Return one concept with the groups that it belongs to."""
        return frozenset((name, *self._parents.get(name, ())))


def _follows(hits: Iterable[Hit], kind: str) -> bool:
    """Tell whether a word of ``kind`` comes shortly after an application."""
    found = list(hits)
    ends = [hit.end for hit in found if hit.concept == _APPLICATION]
    starts = [hit.start for hit in found if hit.concept == kind]
    return any(0 < start - end <= _NEAR for end in ends for start in starts)


def _forms(concept: Concept, irregular: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    for verb in concept.verbs:
        yield from verb_forms(verb, irregular=irregular)
    for noun in concept.nouns:
        yield from noun_forms(noun)
    yield from concept.phrases


def _parents(groups: Mapping[str, tuple[str, ...]], known: set[str]) -> dict[str, frozenset[str]]:
    """Return, for each concept, the groups above it, through groups of groups."""
    direct: dict[str, set[str]] = {}
    for group, members in groups.items():
        for member in members:
            if member not in known and member not in groups:
                raise ValueError(f"group {group!r} names {member!r}, which is neither a concept nor a group")
            direct.setdefault(member, set()).add(group)
    closed: dict[str, frozenset[str]] = {}
    for name in direct:
        seen: set[str] = set()
        waiting = list(direct[name])
        while waiting:
            parent = waiting.pop()
            if parent not in seen:
                seen.add(parent)
                waiting.extend(direct.get(parent, ()))
        closed[name] = frozenset(seen)
    return closed
