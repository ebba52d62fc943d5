"""Every address of the product: each app names its own, all at the root."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from assay.platform.access.routes import public
from assay.runtime.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="inbox:inbox", permanent=False), name="home"),
    path("health", public(health), name="health"),
    path("", include("assay.app.pipeline.urls")),
    path("", include("assay.app.requisitions.urls")),
    path("", include("assay.app.readiness.urls")),
    path("", include("assay.app.roles.urls")),
    path("", include("assay.app.market.urls")),
    path("", include("assay.app.applying.urls")),
    path("", include("assay.app.postings.urls")),
    path("", include("assay.app.facts.urls")),
    path("", include("assay.app.deciding.urls")),
    path("", include("assay.app.documents.urls")),
    path("", include("assay.app.sourcing.urls")),
    path("", include("assay.app.interviewing.urls")),
    path("", include("assay.app.evidence.urls")),
    path("", include("assay.app.messaging.urls")),
    path("", include("assay.app.clocks.urls")),
    path("", include("assay.app.inbox.urls")),
    path("", include("assay.app.palette.urls")),
    path("", include("assay.app.people.urls")),
    path("accounts/", include("allauth.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("ui/", include("assay.app.ui.urls")))

handler400 = "assay.runtime.bare_errors.unreadable"
handler500 = "assay.runtime.failure.failure"
