"""What one job's form asks for beside its questions: consent, demographics, and how much of somebody's time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assay.app.applying.rules import consent_rules, pace
from assay.core.applying.consent import Asked, months_after, rule_for
from assay.core.applying.pace import Effort, effort_of
from assay.core.applying.questions import Question

# Résumé, name, e-mail, phone, place, links, what would help; of these a résumé (or a link), name and e-mail.
OWN_FIELDS = 7
OWN_REQUIRED = 3


@dataclass(frozen=True, slots=True)
class Consent:
    """The notice as it is shown and kept: its words filled in, its version, and which place asked for it.

    ``pool_statement`` is empty where keeping data for other jobs is not offered.
    """

    statement: str
    notice: tuple[str, ...]
    pool_statement: str
    version: str
    place: str
    place_name: str
    months: int
    pool_months: int
    basis: str
    source: str

    def as_kept(self, *, agreed_at: str, pool: bool, today: date) -> dict[str, object]:
        """Return what is stored with a submission: the very words, when, and until when data is kept."""
        months = self.pool_months if pool and self.pool_months else self.months
        return {
            "statement": self.statement,
            "notice": list(self.notice),
            "version": self.version,
            "place": self.place,
            "basis": self.basis,
            "agreed_at": agreed_at,
            "pool": pool and bool(self.pool_months),
            "months": months,
            "kept_at_least_until": months_after(day=today, months=months).isoformat(),
        }


def consent_for(*, places: Sequence[str], organisation: str) -> Consent:
    """Return what applicants to a job in these places are asked and told."""
    rules = consent_rules()
    asked: Asked = rule_for(places=places, rules=rules.places, groups=rules.groups)
    rule = asked.rule
    words = {"organisation": organisation, "months": str(rule.months), "pool_months": str(rule.pool_months)}
    pool = f"Keep what I send for {rule.pool_months} months to think of me for other jobs. I can take this back."
    return Consent(
        statement=_filled(rule.statement, words),
        notice=tuple(_filled(text, words) for text in (*rules.common, *rule.notice)),
        pool_statement=pool if rule.pool_months else "",
        version=rule.version,
        place=rule.place,
        place_name=rule.name,
        months=rule.months,
        pool_months=rule.pool_months,
        basis=rule.basis.value,
        source=f"{rule.source.title}, as of {rule.source.as_of}",
    )


def effort_for(*, questions: Sequence[Question]) -> Effort:
    """Return how many fields a form has and how long it takes, as an estimate."""
    return effort_of(questions=questions, own_fields=OWN_FIELDS, own_required=OWN_REQUIRED, pace=pace())


def _filled(text: str, words: dict[str, str]) -> str:
    for name, value in words.items():
        text = text.replace(f"{{{name}}}", value)
    return text
