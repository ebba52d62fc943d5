"""Registers the postings with Django."""

from django.apps import AppConfig


class PostingsConfig(AppConfig):
    """Postings: the advert, built from the role and checked."""

    name = "assay.app.postings"
    label = "postings"
