"""The Jinja2 environment of every page: escaping on, undefined names are errors, a few globals and filters.

Settings name it as ``assay.app.ui.environment.environment``.
"""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.templatetags import static as django_static
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django_htmx.jinja import django_htmx_script
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from assay.app.ui import charts, formats, plots
from assay.app.ui.citing import cite
from assay.app.ui.shortcuts import shortcut_groups
from assay.app.ui.vendor import ICONS, SPRITE
from assay.knowledge.facts.sheets import load_facts


def environment(**options: Any) -> Environment:
    """Build the environment from the options that Django's Jinja2 backend passes on."""
    options.update(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made = Environment(**options)  # noqa: S701 - autoescape is set in the line above
    made.globals.update(
        url=url,
        url_or_none=url_or_none,
        static=static,
        icon=icon,
        django_htmx_script=django_htmx_script,
        shortcut_groups=shortcut_groups,
        level_chart=charts.level_chart,
        level_sentence=charts.level_sentence,
        score_mark=charts.score_mark,
        histogram_chart=charts.histogram_chart,
        range_plot=plots.range_plot,
        stack_plot=plots.stack_plot,
        swing_plot=plots.swing_plot,
        line_plot=plots.line_plot,
        legend_of=plots.legend_of,
        plural=formats.plural,
    )
    names = ("when", "day", "day_text", "duration", "number", "percent", "file_size", "initials", "money", "words")
    made.filters.update({name: getattr(formats, name) for name in names})
    made.filters["cited"] = cited
    return made


def url(name: str, *args: object, **kwargs: object) -> str:
    """Return the path of a named page. Raises ``NoReverseMatch`` for an unknown name."""
    if kwargs:
        return reverse(name, args=args, kwargs=kwargs)
    return _path(name, tuple(map(str, args)), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


def url_or_none(name: str, *args: object) -> str | None:
    """Return the path of a page that another app may or may not bring."""
    try:
        return url(name, *args)
    except NoReverseMatch:
        return None


@lru_cache(maxsize=256)
def static(path: str) -> str:
    """Return the address of a static file. Kept: a page names two dozen, and none changes while the product runs."""
    return django_static.static(path)


@lru_cache(maxsize=4096)
def _path(name: str, args: tuple[str, ...], urlconf: str, prefix: str) -> str:
    """Kept under all that a path depends on: working one out costs as much as two rows of a list."""
    return reverse(name, urlconf, args=args)


def cited(text: object) -> Markup:
    """Return a text, escaped, in which every id of a fact leads to what it says; see ``citing``."""
    return cite(text, says=_what_facts_say(), page=url("facts:facts"))


@lru_cache(maxsize=1)
def _what_facts_say() -> dict[str, str]:
    return {fact.id: fact.says for fact in load_facts().by_id().values()}


@lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> Markup:
    """Draw an icon of the sprite, silent unless given a label. Raises ``KeyError`` for an icon we do not ship."""
    if name not in ICONS:
        raise KeyError(f"no icon named {name}; add it to assay.app.ui.vendor.ICONS and refresh the sprite")
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    frame = Markup('<svg class="icon" {} width="16" height="16" focusable="false"><use href="{}#{}"/></svg>')
    return frame.format(spoken, static(f"vendor/{SPRITE}"), name)
