"""The style guide: every part of the look on one page. Mounted only in development and tests."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from assay.app.ui.samples import guide_context
from assay.app.ui.shell import theme_of
from assay.platform.access.policy import Action
from assay.platform.access.routes import requires


@requires(Action.USE_OWN_ACCOUNT)
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with sample data."""
    return HttpResponse(render_to_string("ui/styleguide.html", guide_context(theme_of(request)), using="jinja2"))


@requires(Action.USE_OWN_ACCOUNT)
def styleguide_review(request: HttpRequest) -> HttpResponse:
    """Show the review queue's three panes with sample data."""
    return HttpResponse(render_to_string("ui/styleguide_review.html", guide_context(theme_of(request)), using="jinja2"))
