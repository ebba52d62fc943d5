"""The sheets of letters and bounds, the organisation's own where its data folder holds one."""

from pathlib import Path

from django.conf import settings

from assay.knowledge.messaging.sheets import LimitSheet, TemplateSheet, load_limits, load_templates


def template_sheet() -> TemplateSheet:
    """Return the letters as they ship, or the organisation's file of them."""
    return load_templates(_folder())


def limits() -> LimitSheet:
    """Return the bounds of what is sent and taken in."""
    return load_limits(_folder())


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "knowledge" / "messaging"
