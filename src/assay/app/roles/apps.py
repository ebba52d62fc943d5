"""Registers the roles app with Django, and its place in the rail."""

from django.apps import AppConfig
from django.http import HttpRequest


class RolesConfig(AppConfig):
    """Roles: the versioned bar that jobs are held to."""

    name = "assay.app.roles"
    label = "roles"

    def ready(self) -> None:
        """Put the roles in the rail."""
        from assay.app.ui.shell import NavItem, register_nav_item

        register_nav_item(NavItem("roles", "Roles", "scale", "roles:roles", 25, _anyone))


def _anyone(request: HttpRequest) -> bool:
    return request.user.is_authenticated
