"""What search engines ask for: which pages there are, and which they may read."""

from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from assay.app.postings.public_queries import last_change, list_openings
from assay.platform.access.routes import public

_SECONDS_KEPT = 3600


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the careers pages: the list itself and every advert that is up and listed."""
    changed = last_change()
    pages = [(reverse("postings:careers"), changed)]
    pages += [(reverse("postings:public_advert", args=[one.slug]), one.published_at) for one in list_openings()]
    rows = [
        f"<url><loc>{escape(request.build_absolute_uri(path))}</loc>"
        + (f"<lastmod>{moment.date().isoformat()}</lastmod>" if moment else "")
        + "</url>"
        for path, moment in pages
    ]
    body = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    response = HttpResponse(body + "\n".join(rows) + "\n</urlset>\n", content_type="application/xml; charset=utf-8")
    patch_cache_control(response, public=True, max_age=_SECONDS_KEPT)
    return response


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say that the careers pages may be read by everybody and the rest by nobody."""
    lines = (
        "User-agent: *",
        "Allow: /careers/",
        "Allow: /static/",
        "Disallow: /careers/*/apply",
        "Disallow: /",
        f"Sitemap: {request.build_absolute_uri(reverse('applying:sitemap'))}",
        "",
    )
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=_SECONDS_KEPT)
    return response
