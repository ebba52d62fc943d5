"""All rules and calendars at one moment: which limit holds for a wait, and on whose calendar."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from assay.app.clocks.calendars import Rulers, rulers_of
from assay.app.clocks.models import ClockRule, Office
from assay.app.clocks.rules import shipped_limits
from assay.core.clocks.kinds import ClockKind, Counting
from assay.core.clocks.limits import Limit, RuleRow, choose_rule
from assay.core.clocks.timing import Ruler

# As text, so that it does not depend on how the driver is told to read JSON.
_ALL = """
    SELECT
        (SELECT coalesce(json_agg(json_build_array(id, time_zone, hours, country, region, closed_days, is_default)
            ORDER BY id), '[]')::text FROM clocks_office),
        (SELECT coalesce(json_agg(json_build_array(kind, job_id, stage_id, office_id, hours::text, counting,
            yellow_share::text, is_off) ORDER BY id), '[]')::text FROM clocks_clockrule),
        (SELECT coalesce(json_agg(json_build_array(job_id, office_id)), '[]')::text FROM clocks_joboffice)
"""


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for one wait: the limit, the office whose calendar it runs on (None: the shipped one), its ruler."""

    limit: Limit
    office_id: int | None
    ruler: Ruler


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Rules that somebody set, the offices, and which job belongs to which. Asked without touching the database."""

    rules: tuple[RuleRow, ...]
    rulers: Mapping[int | None, Rulers]
    job_offices: Mapping[int, int]
    default_office_id: int | None
    _settings: dict[tuple[ClockKind, int, int | None], Setting] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def setting(self, *, kind: ClockKind, job_id: int, stage_id: int | None) -> Setting:
        """Return what holds for a wait of this kind in a stage of a job."""
        known = self._settings.get((kind, job_id, stage_id))
        if known is None:
            known = self._settings[kind, job_id, stage_id] = self._work_out(kind, job_id, stage_id)
        return known

    def _work_out(self, kind: ClockKind, job_id: int, stage_id: int | None) -> Setting:
        rule = choose_rule(rules=self.rules, kind=kind, job_id=job_id, stage_id=stage_id)
        limit, own_office = (shipped_limits()[kind], None) if rule is None else (rule.limit, rule.office_id)
        office_id = own_office or self.job_offices.get(job_id, self.default_office_id)
        return Setting(limit, office_id, self.rulers[office_id][limit.counting])


def load_rulebook(*, now: datetime) -> Rulebook:
    """Read the rules and offices as they are, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL)
        offices, rules, job_offices = (json.loads(column) for column in cursor.fetchone())
    rulers: dict[int | None, Rulers] = {None: rulers_of(office=None, now_year=now.year)}
    for row in offices:
        office = Office(time_zone=row[1], hours=row[2], country=row[3], region=row[4], closed_days=row[5])
        rulers[row[0]] = rulers_of(office=office, now_year=now.year)
    return Rulebook(
        rules=tuple(_read_rule(row) for row in rules),
        rulers=rulers,
        job_offices=dict(job_offices),
        default_office_id=next((row[0] for row in offices if row[6]), None),
    )


def _read_rule(row: list[Any]) -> RuleRow:
    kind, job_id, stage_id, office_id, hours, counting, yellow_share, is_off = row
    limit = Limit(float(hours), Counting(counting), float(yellow_share), bool(is_off))
    return RuleRow(ClockKind(kind), job_id, stage_id, office_id, limit)


def rule_row(*, rule: ClockRule) -> RuleRow:
    """Return a stored rule as the core knows it."""
    limit = Limit(float(rule.hours), Counting(rule.counting), float(rule.yellow_share), rule.is_off)
    return RuleRow(ClockKind(rule.kind), rule.job_id, rule.stage_id, rule.office_id, limit)
