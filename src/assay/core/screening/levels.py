"""From claims to the level (0-4) of each competency: more helps, each time less, and other employers help most."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assay.core.screening.claims import FoundClaim
from assay.core.screening.rules import Rules


@dataclass(frozen=True, slots=True)
class LevelShown:
    """The level of one competency, the claims behind it by index, and each one's share of it (they sum to 1)."""

    competency: str
    level: float
    claims: tuple[int, ...]
    shares: tuple[float, ...]


def shown_levels(*, claims: Sequence[FoundClaim], rules: Rules) -> dict[str, LevelShown]:
    """Return the level shown for every competency that a counted claim informs."""
    brought: dict[str, list[tuple[float, int]]] = defaultdict(list)
    kinds = Counter(claim.statement for claim in claims if claim.weight > 0.0)
    for index, claim in enumerate(claims):
        if claim.weight <= 0.0:
            continue
        weight = claim.weight * min(1.0, rules.scoring.most_kinds / kinds[claim.statement])
        for competency, share in rules.kind_by_id[claim.kind].competencies:
            brought[competency].append((weight * share, index))
    return {name: _level(name, found, claims, rules) for name, found in brought.items()}


def _level(competency: str, found: list[tuple[float, int]], claims: Sequence[FoundClaim], rules: Rules) -> LevelShown:
    """Sum what claims bring, the largest first, each further one of its kind for less, and bend it to 0-4."""
    scoring = rules.scoring
    found.sort(key=lambda item: (-item[0], item[1]))
    times: dict[str, int] = defaultdict(int)
    per_kind: dict[str, float] = defaultdict(float)
    parts: list[float] = []
    for value, index in found:
        kind = claims[index].kind
        part = value * scoring.same_kind_decay ** times[kind]
        part = min(part, max(0.0, scoring.most_per_kind - per_kind[kind]))
        times[kind] += 1
        per_kind[kind] += part
        parts.append(part)
    employers = {claims[index].statement.entry for _, index in found}
    total = math.fsum(parts) * (1.0 + scoring.other_employer_bonus * min(2, len(employers) - 1))
    level = 4.0 * (1.0 - math.exp(-total / scoring.saturation))
    whole = math.fsum(parts)
    shares = tuple(part / whole for part in parts)
    return LevelShown(competency=competency, level=level, claims=tuple(index for _, index in found), shares=shares)
