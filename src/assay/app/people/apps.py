"""Registers the people app with Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People and roles, one's own account, settings and the audit log. Holds no tables."""

    name = "assay.app.people"
    label = "people"
