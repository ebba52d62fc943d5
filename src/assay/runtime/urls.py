"""Every address of the product: each app names its own, all at the root."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="pipeline:jobs", permanent=False), name="home"),
    path("", include("assay.app.pipeline.urls")),
    path("", include("assay.app.roles.urls")),
    path("", include("assay.app.deciding.urls")),
    path("", include("assay.app.documents.urls")),
    path("", include("assay.app.sourcing.urls")),
    path("accounts/", include("allauth.urls")),
]
