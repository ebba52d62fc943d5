"""The careers pages: open to everybody, the same for everybody, without a cookie or a script."""

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseGone
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe
from markupsafe import Markup

from assay.app.applying.queries.forms import effort_of_job
from assay.app.applying.queries.usual import words_of_limit
from assay.app.postings.article import article_of
from assay.app.postings.public_queries import Opening, get_opening, last_change, list_openings
from assay.app.postings.rules import load_rules
from assay.core.postings.advert import Advert
from assay.core.postings.feeds import FeedEntry, atom_feed, job_feed
from assay.core.postings.job_posting import job_posting, to_json_ld
from assay.core.postings.written import to_markdown, to_plain
from assay.platform.access.routes import public

SECONDS_KEPT = 300
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@public
@require_safe
def openings(request: HttpRequest) -> HttpResponse:
    """List the adverts that are up and listed."""
    found = list_openings()
    context = {
        "organisation": settings.ORGANISATION,
        "openings": [(one, article_of(one.advert)) for one in found],
    }
    body = render_to_string("postings/careers.html", context, using="jinja2")
    return _answer(request, body.encode(), "text/html; charset=utf-8", last_change() or _BEGINNING)


@public
@require_safe
def opening(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an advert, with its JobPosting for search engines; 410 for one that was taken down."""
    found = _opening(slug)
    if found.taken_down_at is not None:
        context = {"organisation": settings.ORGANISATION, "opening": found}
        gone = HttpResponseGone(render_to_string("postings/gone.html", context, using="jinja2"))
        patch_cache_control(gone, public=True, max_age=SECONDS_KEPT)
        return gone
    context = {
        "organisation": found.advert.terms.organisation or settings.ORGANISATION,
        "opening": found,
        "article": article_of(found.advert),
        "summary": _summary(found.advert),
        "canonical": request.build_absolute_uri(reverse("postings:public_advert", args=[slug])),
        "json_ld": Markup(_json_ld(request, found)),  # noqa: S704 - no sign in it can end a script element
        "effort": None if found.job_id is None else effort_of_job(job_id=found.job_id),
        "answers_within": "" if found.job_id is None else words_of_limit(job_id=found.job_id),
    }
    body = render_to_string("postings/opening.html", context, using="jinja2")
    return _answer(request, body.encode(), "text/html; charset=utf-8", found.published_at)


@public
@require_safe
def markdown(request: HttpRequest, slug: str) -> HttpResponse:
    """Give an advert as Markdown."""
    found = _opening(slug)
    if found.taken_down_at is not None:
        return _gone()
    return _answer(
        request, to_markdown(found.advert, names=_names()).encode(), "text/markdown; charset=utf-8", found.published_at
    )


@public
@require_safe
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """Give an advert as plain text."""
    found = _opening(slug)
    if found.taken_down_at is not None:
        return _gone()
    return _answer(
        request, to_plain(found.advert, names=_names()).encode(), "text/plain; charset=utf-8", found.published_at
    )


@public
@require_safe
def json_ld(request: HttpRequest, slug: str) -> HttpResponse:
    """Give an advert as schema.org's JobPosting."""
    found = _opening(slug)
    if found.taken_down_at is not None:
        return _gone()
    return _answer(request, _json_ld(request, found).encode(), "application/ld+json", found.published_at)


@public
@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """Give the openings as an Atom feed."""
    changed = last_change() or _BEGINNING
    body = atom_feed(
        title=f"Jobs at {settings.ORGANISATION}",
        url=request.build_absolute_uri(reverse("postings:feed")),
        home=request.build_absolute_uri(reverse("postings:careers")),
        entries=_entries(request),
        updated_at=changed,
        names=_names(),
    )
    return _answer(request, body, "application/atom+xml; charset=utf-8", changed)


@public
@require_safe
def jobs_xml(request: HttpRequest) -> HttpResponse:
    """Give the openings as one XML file for job sites."""
    home = request.build_absolute_uri(reverse("postings:careers"))
    body = job_feed(publisher=str(settings.ORGANISATION), home=home, entries=_entries(request), names=_names())
    return _answer(request, body, "application/xml; charset=utf-8", last_change() or _BEGINNING)


def _opening(slug: str) -> Opening:
    found = get_opening(slug=slug)
    if found is None:
        raise Http404("There is no such job.")
    return found


def _gone() -> HttpResponse:
    gone = HttpResponseGone("This job is no longer open.\n", content_type="text/plain; charset=utf-8")
    patch_cache_control(gone, public=True, max_age=SECONDS_KEPT)
    return gone


def _entries(request: HttpRequest) -> tuple[FeedEntry, ...]:
    addressed = (
        (one, request.build_absolute_uri(reverse("postings:public_advert", args=[one.slug]))) for one in list_openings()
    )
    return tuple(FeedEntry(one.advert, url, url, one.first_published_at, one.published_at) for one, url in addressed)


def _json_ld(request: HttpRequest, found: Opening) -> str:
    url = request.build_absolute_uri(reverse("postings:public_advert", args=[found.slug]))
    rules = load_rules()
    posting = job_posting(advert=found.advert, url=url, groups=rules.pay_law.groups, names=rules.place_names)
    return to_json_ld(posting | ({"directApply": True} if found.job_id is not None else {}))


def _names() -> Mapping[str, str]:
    return load_rules().place_names


def _summary(advert: Advert) -> str:
    words = " ".join((advert.problem or advert.challenge or advert.title).split())
    return words if len(words) <= 160 else f"{words[:157].rsplit(' ', 1)[0]} …"


def _answer(request: HttpRequest, body: bytes, content_type: str, changed: datetime) -> HttpResponse:
    """Answer with what caches may keep, and with 304 where the reader has it already."""
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type=content_type)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed.timestamp())
    patch_cache_control(response, public=True, max_age=SECONDS_KEPT)
    answer = get_conditional_response(request, etag, int(changed.timestamp()), response)
    if not isinstance(answer, HttpResponse):
        raise TypeError("a conditional answer is always an answer")
    patch_cache_control(answer, public=True, max_age=SECONDS_KEPT)
    return answer
