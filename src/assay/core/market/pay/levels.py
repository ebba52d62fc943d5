"""How our levels are read in the posted data, as a value that people can see and change."""

import re
from dataclasses import dataclass, replace

from assay.core.market.pay.question import PayQuestionError, choose

_CHANGE = re.compile(r"\s*([^=:]+?)\s*=\s*([A-Za-z]{2})\s*(?::\s*(\d{1,2})\s*-\s*(\d{1,2}))?\s*")
_MOST_YEARS = 60


@dataclass(frozen=True, slots=True)
class Level:
    """A level of ours: the code in the data it is read as, and the years of published tables it is set beside."""

    id: str
    label: str
    code: str
    years_low: int
    years_high: int

    def covers(self, *, years_low: int, years_high: int) -> bool:
        """Return whether a span of years has at least one in common with this level's."""
        return years_low <= self.years_high and years_high >= self.years_low


@dataclass(frozen=True, slots=True)
class LevelMapping:
    """All levels in order, with the reason why they are read this way; ``is_changed`` once somebody changed one."""

    levels: tuple[Level, ...]
    codes: tuple[tuple[str, str], ...]
    reason: str
    is_changed: bool = False

    def level(self, name: str) -> Level:
        """Return a level by its id or label; raises ``PayQuestionError`` naming those there are."""
        labels = {one.id: one.label for one in self.levels}
        chosen = choose(field="level", what="level", value=name, labels=labels, names={})
        return next(one for one in self.levels if one.id == chosen)

    def code_label(self, code: str) -> str:
        """Return what a code of the data stands for."""
        return dict(self.codes)[code]

    def changed(self, text: str) -> "LevelMapping":
        """Return the mapping with changes such as ``senior=EX`` or ``mid=SE:3-8, senior=EX:6-15``.

        Raises ``PayQuestionError`` when a part cannot be read, or a level would be read below the one before it.
        """
        levels = {one.id: one for one in self.levels}
        for part in filter(str.strip, text.split(",")):
            found = _CHANGE.fullmatch(part[:200])
            if found is None:
                message = (
                    f"“{part.strip()[:60]}” is not a change of levels. Write senior=SE, or senior=SE:6-15 with years."
                )
                raise PayQuestionError(field="mapping", message=message)
            level = self.level(found[1])
            levels[level.id] = self._changed(level, found)
        changed = tuple(levels[one.id] for one in self.levels)
        if changed == self.levels:
            return self
        order = [list(dict(self.codes)).index(one.code) for one in changed]
        if order != sorted(order):
            message = "A higher level would be read as a lower one. Keep the codes in order: EN, MI, SE, EX."
            raise PayQuestionError(field="mapping", message=message)
        return replace(self, levels=changed, reason="Changed by you.", is_changed=True)

    def as_text(self) -> str:
        """Return the mapping as ``changed`` reads it."""
        return ",".join(f"{one.id}={one.code}:{one.years_low}-{one.years_high}" for one in self.levels)

    def _changed(self, level: Level, found: re.Match[str]) -> Level:
        code = found[2].upper()
        if code not in dict(self.codes):
            message = f"There is no code “{code}” in the data. Use one of: {', '.join(dict(self.codes))}."
            raise PayQuestionError(field="mapping", message=message)
        low = int(found[3]) if found[3] else level.years_low
        high = int(found[4]) if found[4] else level.years_high
        if low > high or high > _MOST_YEARS:
            message = f"The years of “{level.id}” are {low}-{high}; give the lower first, at most {_MOST_YEARS}."
            raise PayQuestionError(field="mapping", message=message)
        return replace(level, code=code, years_low=low, years_high=high)
