"""schema.org's JobPosting, as Google documents what it needs: the mapping, its JSON, and what is missing for it."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from assay.core.base.source import Source
from assay.core.postings.advert import Advert, Location, Pay, SectionKey, WorkPlace, plain
from assay.core.postings.finding import Finding, Severity
from assay.core.postings.outline import is_safe_link
from assay.core.postings.written import to_simple_html

_GOOGLE = Source(
    title="Google Search Central, job posting structured data: required and recommended properties",
    reference="developers.google.com/search/docs/appearance/structured-data/job-posting",
)


def job_posting(
    *,
    advert: Advert,
    url: str = "",
    groups: Mapping[str, Sequence[str]] | None = None,
    names: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """Return an advert as a JobPosting mapping (JSON-LD).

    ``url`` is the advert's own page; ``groups`` says which countries a code such as ``EU`` stands for, since only
    countries and states may be named there; ``names`` gives the states' names. What is
    not said is left out: see ``check_job_posting``.
    """
    terms = advert.terms
    posting: dict[str, object] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": plain(advert.title),
        "description": to_simple_html(advert, names=names),
        "directApply": bool(terms.apply_url),
        "totalJobOpenings": terms.openings,
    }
    optional: dict[str, object] = {
        "datePosted": terms.posted_on.isoformat() if terms.posted_on else None,
        "validThrough": f"{terms.apply_by.isoformat()}T23:59:59Z" if terms.apply_by else None,
        "employmentType": terms.employment_type.value if terms.employment_type else None,
        "hiringOrganization": _organisation(advert),
        "jobLocation": [_place(place) for place in terms.locations] or None,
        "baseSalary": _salary(advert.pay),
        "identifier": _identifier(advert),
        "jobBenefits": plain("; ".join(advert.benefits)) or None,
        "incentiveCompensation": plain(" ".join(filter(None, (advert.pay.bonus, advert.pay.equity)))) or None,
        "url": url or None,
    }
    if terms.work_place is WorkPlace.REMOTE:
        optional["jobLocationType"] = "TELECOMMUTE"
        optional["applicantLocationRequirements"] = _areas(advert, groups or {}, names or {}) or None
    return posting | {name: value for name, value in optional.items() if value is not None}


def to_json_ld(posting: Mapping[str, object]) -> str:
    """Return a posting as JSON that can stand inside a ``script`` element: no sign in it can end or open one."""
    text = json.dumps(posting, ensure_ascii=False, indent=2, sort_keys=True)
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def check_job_posting(*, advert: Advert) -> tuple[Finding, ...]:
    """Return a finding for each property that Google requires (must) or recommends (consider) and that is not said."""
    terms = advert.terms
    has_text = any((advert.problem, advert.challenge, advert.responsibilities, advert.about))
    remote = terms.work_place is WorkPlace.REMOTE
    required = (
        ("title", SectionKey.TITLE, bool(advert.title.strip()), "Give the job a title."),
        ("description", SectionKey.PROBLEM, has_text, "Write what the job is."),
        ("datePosted", SectionKey.TERMS, terms.posted_on is not None, "Set the day on which it was first posted."),
        ("hiringOrganization", SectionKey.TERMS, bool(terms.organisation.strip()), "Name the organisation."),
        ("jobLocation", SectionKey.PLACES, remote or bool(terms.locations), "Name the place of work with its country."),
        (
            "applicantLocationRequirements",
            SectionKey.PLACES,
            not remote or bool(terms.applicants_from) or bool(terms.locations),
            "Name the countries or states from which people may work.",
        ),
    )
    recommended = (
        ("baseSalary", SectionKey.PAY, advert.pay.has_range, "Give the range."),
        (
            "employmentType",
            SectionKey.TERMS,
            terms.employment_type is not None,
            "Say full or part time, or contract.",
        ),
        ("validThrough", SectionKey.TERMS, terms.apply_by is not None, "Give the day until which people can apply."),
        ("identifier", SectionKey.TERMS, bool(terms.reference), "Give it a reference of your own."),
    )
    found = [_lacking(name, key, fix, Severity.MUST) for name, key, is_said, fix in required if not is_said]
    found += [_lacking(name, key, fix, Severity.CONSIDER) for name, key, is_said, fix in recommended if not is_said]
    return tuple(found)


def _lacking(name: str, section: SectionKey, fix: str, severity: Severity) -> Finding:
    needs = "requires" if severity is Severity.MUST else "recommends"
    return Finding(
        rule_id=f"google-{name}",
        severity=severity,
        section=section,
        start=0,
        end=0,
        quote="",
        why=f"Google {needs} {name} on a job posting, and it is not said here.",
        fix_label=fix,
        replacement=None,
        source=_GOOGLE,
    )


def _organisation(advert: Advert) -> dict[str, object] | None:
    terms = advert.terms
    if not terms.organisation.strip():
        return None
    made: dict[str, object] = {"@type": "Organization", "name": plain(terms.organisation)}
    return made | ({"sameAs": terms.organisation_url} if is_safe_link(terms.organisation_url) else {})


def _place(place: Location) -> dict[str, object]:
    address = {
        "streetAddress": place.street,
        "addressLocality": place.locality,
        "addressRegion": place.region,
        "postalCode": place.postal_code,
        "addressCountry": place.country,
    }
    said = {name: plain(value) for name, value in address.items() if value}
    return {"@type": "Place", "address": {"@type": "PostalAddress", **said}}


def _areas(advert: Advert, groups: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> list[dict[str, object]]:
    codes = [code for name in advert.terms.applicants_from for code in groups.get(name, (name,))]
    codes = codes or [place.code for place in advert.terms.locations]
    return [_area(code, names) for code in dict.fromkeys(codes)]


def _area(code: str, names: Mapping[str, str]) -> dict[str, object]:
    country, _, region = code.partition("-")
    if region:
        return {"@type": "State", "name": f"{names.get(code, region)}, {country}"}
    return {"@type": "Country", "name": country}


def _salary(pay: Pay) -> dict[str, object] | None:
    if not pay.currency or (pay.low is None and pay.high is None):
        return None
    value: dict[str, object] = {"@type": "QuantitativeValue", "unitText": pay.period.value.upper()}
    if pay.low is not None:
        value["minValue"] = _number(pay.low)
    if pay.high is not None:
        value["maxValue"] = _number(pay.high)
    return {"@type": "MonetaryAmount", "currency": pay.currency, "value": value}


def _number(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)


def _identifier(advert: Advert) -> dict[str, object] | None:
    if not advert.terms.reference:
        return None
    return {"@type": "PropertyValue", "name": plain(advert.terms.organisation), "value": plain(advert.terms.reference)}
