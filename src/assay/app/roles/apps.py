"""Registers the roles app with Django."""

from django.apps import AppConfig


class RolesConfig(AppConfig):
    """Roles: the versioned bar that jobs are held to."""

    name = "assay.app.roles"
    label = "roles"
