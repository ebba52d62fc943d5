"""All rules and calendars at one moment: which limit holds for a wait, and on whose calendar."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assay.app.clocks.calendars import Rulers, rulers_of
from assay.app.clocks.models import ClockRule, JobOffice, Office
from assay.app.clocks.rules import shipped_limits
from assay.core.clocks.kinds import ClockKind, Counting
from assay.core.clocks.limits import Limit, RuleRow, choose_rule
from assay.core.clocks.timing import Ruler


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

    def setting(self, *, kind: ClockKind, job_id: int, stage_id: int | None) -> Setting:
        """Return what holds for a wait of this kind in a stage of a job."""
        rule = choose_rule(rules=self.rules, kind=kind, job_id=job_id, stage_id=stage_id)
        limit = shipped_limits()[kind] if rule is None else rule.limit
        office_id = rule.office_id if rule is not None and rule.office_id is not None else None
        office_id = office_id or self.job_offices.get(job_id, self.default_office_id)
        return Setting(limit, office_id, self.rulers[office_id][limit.counting])


def load_rulebook(*, now: datetime) -> Rulebook:
    """Read the rules and offices as they are, in three statements."""
    offices = list(Office.objects.all())
    rulers: dict[int | None, Rulers] = {None: rulers_of(office=None, now_year=now.year)}
    rulers.update({office.pk: rulers_of(office=office, now_year=now.year) for office in offices})
    default = next((office.pk for office in offices if office.is_default), None)
    return Rulebook(
        rules=tuple(rule_row(rule=rule) for rule in ClockRule.objects.all()),
        rulers=rulers,
        job_offices=dict(JobOffice.objects.values_list("job_id", "office_id")),
        default_office_id=default,
    )


def rule_row(*, rule: ClockRule) -> RuleRow:
    """Return a stored rule as the core knows it."""
    limit = Limit(float(rule.hours), Counting(rule.counting), float(rule.yellow_share), rule.is_off)
    return RuleRow(ClockKind(rule.kind), rule.job_id, rule.stage_id, rule.office_id, limit)
