"""Six résumés in different styles whose whole result is kept, so that no change of rules goes unseen.

After a wanted change: ``WRITE_GOLDEN=1 pytest tests/core/screening/test_golden.py``, and read the difference.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assay.app.roles.catalogue import get_role
from assay.core.screening.result import ScreeningResult

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_the_result_is_as_kept(screened: Callable[..., ScreeningResult], path: Path) -> None:
    role = get_role(path.stem.partition(".")[2])
    found = summary(screened(path.read_text(encoding="utf-8"), under=role))
    kept = path.with_suffix(".json")
    if os.environ.get("WRITE_GOLDEN"):
        kept.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(kept.read_text(encoding="utf-8"))


def summary(result: ScreeningResult) -> dict[str, Any]:
    return {
        "score": result.score,
        "interval": [result.interval.low, result.interval.high],
        "name": result.contact.name,
        "positions": [[item.title, item.employer, item.started, item.ended] for item in result.employment],
        "must_haves": {must.id: must.verdict.value for must in result.must_haves},
        "levels": {part.competency: part.level for part in result.competencies},
        "flags": [flag.kind.value for flag in result.flags],
        "claims": [
            [claim.kind, claim.counted, claim.points, " ".join(claim.span.quote.split()), claim.why]
            for claim in result.claims
        ],
    }
