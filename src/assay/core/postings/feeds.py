"""Feeds of open jobs: Atom for readers, and a plain XML list for job boards."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from assay.core.postings.advert import Advert
from assay.core.postings.outline import is_safe_link
from assay.core.postings.pay_words import describe_amount, describe_pay
from assay.core.postings.written import to_simple_html

_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An advert that is out: its page, an id that never changes (a URN or the page), and when it came and changed.

    Both times must be aware.
    """

    advert: Advert
    url: str
    id: str
    published_at: datetime
    updated_at: datetime


def atom_feed(
    *,
    title: str,
    url: str,
    home: str,
    entries: Sequence[FeedEntry],
    updated_at: datetime,
    names: Mapping[str, str] | None = None,
) -> bytes:
    """Return an Atom feed (RFC 4287), newest first. ``url`` is the feed's own address, ``home`` the jobs page.

    ``names`` turns codes of places into words. ``updated_at`` stands when there is no entry; else the newest change
    does. The same entries give the same bytes.
    """
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    newest = max((entry.updated_at for entry in entries), default=updated_at)
    for name, text in (("title", title), ("id", url), ("updated", _stamp(newest))):
        _add(feed, f"{{{_ATOM}}}{name}", text)
    etree.SubElement(feed, f"{{{_ATOM}}}link", rel="self", href=_clean(url))
    etree.SubElement(feed, f"{{{_ATOM}}}link", rel="alternate", href=_clean(home))
    for entry in sorted(entries, key=lambda each: (each.published_at, each.id), reverse=True):
        item = etree.SubElement(feed, f"{{{_ATOM}}}entry")
        for name, text in (
            ("title", entry.advert.title),
            ("id", entry.id),
            ("published", _stamp(entry.published_at)),
            ("updated", _stamp(entry.updated_at)),
            ("summary", describe_pay(entry.advert.pay)),
        ):
            _add(item, f"{{{_ATOM}}}{name}", text)
        author = etree.SubElement(item, f"{{{_ATOM}}}author")
        _add(author, f"{{{_ATOM}}}name", entry.advert.terms.organisation or title)
        etree.SubElement(item, f"{{{_ATOM}}}link", rel="alternate", href=_clean(entry.url))
        content = etree.SubElement(item, f"{{{_ATOM}}}content", type="html")
        content.text = _clean(to_simple_html(entry.advert, names=names))
    return _written(feed)


def job_feed(
    *, publisher: str, home: str, entries: Sequence[FeedEntry], names: Mapping[str, str] | None = None
) -> bytes:
    """Return all adverts as one ``jobs`` document with a ``job`` for each, in order of their ids."""
    jobs = etree.Element("jobs")
    _add(jobs, "publisher", publisher)
    _add(jobs, "publisherurl", home)
    for entry in sorted(entries, key=lambda each: each.id):
        job = etree.SubElement(jobs, "job")
        for name, text in _fields(entry, names):
            if text:
                _add(job, name, text)
    return _written(jobs)


def _fields(entry: FeedEntry, names: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    advert, terms, pay = entry.advert, entry.advert.terms, entry.advert.pay
    place = terms.locations[0] if terms.locations else None
    return (
        ("id", entry.id),
        ("reference", terms.reference),
        ("title", advert.title),
        ("company", terms.organisation),
        ("url", entry.url),
        ("applyurl", terms.apply_url if is_safe_link(terms.apply_url) else ""),
        ("city", place.locality if place else ""),
        ("state", place.region if place else ""),
        ("country", place.country if place else ""),
        ("workplace", terms.work_place.value if terms.work_place else ""),
        ("applicantsfrom", " ".join(terms.applicants_from)),
        ("salary", describe_pay(pay)),
        ("salarymin", describe_amount(pay.low).replace(",", "") if pay.low is not None else ""),
        ("salarymax", describe_amount(pay.high).replace(",", "") if pay.high is not None else ""),
        ("currency", pay.currency),
        ("salaryperiod", pay.period.value if pay.has_range else ""),
        ("jobtype", terms.employment_type.value if terms.employment_type else ""),
        ("date", _stamp(entry.published_at)),
        ("expires", terms.apply_by.isoformat() if terms.apply_by else ""),
        ("description", to_simple_html(advert, names=names)),
    )


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, name).text = _clean(text)


def _written(root: etree._Element) -> bytes:
    made: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return made


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
