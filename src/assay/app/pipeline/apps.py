"""Registers the pipeline app with Django."""

from django.apps import AppConfig


class PipelineConfig(AppConfig):
    """Jobs, people, applications and the stages they move through."""

    name = "assay.app.pipeline"
    label = "pipeline"
