"""Registers the market desk with Django."""

from django.apps import AppConfig


class MarketConfig(AppConfig):
    """Market: what the seat is paid, what it costs, and how to staff it."""

    name = "assay.app.market"
    label = "market"
