"""Registers interviewing with Django."""

from django.apps import AppConfig


class InterviewingConfig(AppConfig):
    """Interviewing: plans, kits, interviews and scorecards."""

    name = "assay.app.interviewing"
    label = "interviewing"
