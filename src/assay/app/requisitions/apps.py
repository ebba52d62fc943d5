"""Registers the requisitions with Django."""

from django.apps import AppConfig


class RequisitionsConfig(AppConfig):
    """Requisitions: the request for headcount that joins the desks, and its approval."""

    name = "assay.app.requisitions"
    label = "requisitions"
