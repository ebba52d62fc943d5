"""Registers the pipeline app with Django, and its places in the rail."""

from django.apps import AppConfig
from django.http import HttpRequest


class PipelineConfig(AppConfig):
    """Jobs, people, applications and the stages they move through."""

    name = "assay.app.pipeline"
    label = "pipeline"

    def ready(self) -> None:
        """Put jobs and candidates in the rail; everybody has some, even if the list is empty."""
        from assay.app.ui.shell import NavItem, register_nav_item

        register_nav_item(NavItem("jobs", "Jobs", "briefcase", "pipeline:jobs", 10, _anyone, "g j"))
        register_nav_item(NavItem("candidates", "Candidates", "users", "pipeline:candidates", 20, _anyone, "g c"))


def _anyone(request: HttpRequest) -> bool:
    return request.user.is_authenticated
