"""Find the skills of the taxonomy in a text, with their places; ordinary words need a technical neighbour."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ahocorasick

_NEAR = 60
_IN_A_SENTENCE = re.compile(r"(?:^|[\s(])(?:in|with|using|on|via|to|from|into|by|of|our|through|and|or) $|, $")


@dataclass(frozen=True, slots=True)
class Skill:
    """One skill: its names, whether it belongs to machine learning, and which names are ordinary words too."""

    id: str
    label: str
    names: tuple[str, ...]
    is_ml: bool
    is_tool: bool
    ambiguous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillHit:
    """A skill found at ``[start, end)`` of the text."""

    skill: Skill
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Name:
    skill: Skill
    size: int
    is_ambiguous: bool


class SkillMatcher:
    """All skill names compiled for search."""

    def __init__(self, *, skills: Iterable[Skill]) -> None:
        self._automaton = ahocorasick.Automaton()
        self.skills = tuple(skills)
        self.by_id = {skill.id: skill for skill in self.skills}
        for skill in self.skills:
            ordinary = {name.lower() for name in skill.ambiguous}
            for name in (*skill.names, *skill.ambiguous):
                for form in _spellings(name.lower()):
                    entry = _Name(skill=skill, size=len(form), is_ambiguous=name.lower() in ordinary)
                    self._automaton.add_word(form, entry)
        self._automaton.make_automaton()

    def find(self, text: str) -> list[SkillHit]:
        """Return the skills in ``text`` in order; longer names win; doubtful ones need a sure one near."""
        lowered = _lowered(text)
        raw = _longest(list(self._candidates(lowered)))
        sure = [start for start, _, name in raw if not name.is_ambiguous]
        hits = []
        for start, end, name in raw:
            if name.is_ambiguous and not self._is_meant(text, start, end, sure):
                continue
            hits.append(SkillHit(skill=name.skill, start=start, end=end))
        return hits

    def _candidates(self, lowered: str) -> Iterable[tuple[int, int, _Name]]:
        length = len(lowered)
        for last, name in self._automaton.iter(lowered):
            start, end = last - name.size + 1, last + 1
            before = lowered[start - 1] if start else " "
            after = lowered[end] if end < length else " "
            if before.isalnum() or before in "+#@" or after.isalnum() or after in "+#@":
                continue
            yield start, end, name

    @staticmethod
    def _is_meant(text: str, start: int, end: int, sure: Sequence[int]) -> bool:
        """Tell whether an ordinary word is the tool: written as a name, with a tool near it."""
        if not text[start].isupper() and not text[start:end].islower():
            return False
        if text[start].islower() and end - start > 3:
            return False
        if text[start].isupper() and _IN_A_SENTENCE.search(text[max(0, start - 12) : start]):
            return True
        return any(abs(place - start) <= _NEAR for place in sure)


def _longest(found: list[tuple[int, int, _Name]]) -> list[tuple[int, int, _Name]]:
    found.sort(key=lambda item: (item[0], -item[1]))
    kept: list[tuple[int, int, _Name]] = []
    for item in found:
        if not kept or item[0] >= kept[-1][1]:
            kept.append(item)
    return kept


def _lowered(text: str) -> str:
    """Lower each character alone, so that places stay the same, with one kind of hyphen and space."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.translate(_SAME_WIDTH)


_SAME_WIDTH = str.maketrans({**dict.fromkeys("‐‑‒–—", "-"), **dict.fromkeys("\n\t\u00a0", " ")})


def _spellings(name: str) -> set[str]:
    """Return a name with its hyphens as spaces and the other way round."""
    return {name, name.replace("-", " "), name.replace(" ", "-")} if len(name) > 3 else {name}
