"""The pages of the look, rendered by the Jinja environment alone: no database, no request."""

from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from assay.app.ui.environment import environment
from assay.app.ui.samples import guide_context

UI = Path(__file__).parents[3] / "src" / "assay" / "app" / "ui"


@pytest.fixture(scope="session")
def pages() -> Environment:
    return environment(loader=FileSystemLoader(UI / "templates"))


@pytest.fixture(scope="session")
def draw(pages: Environment) -> Callable[..., str]:
    """Draw a snippet that may use the macros as ``ui`` and the given names."""

    def drawn(snippet: str, **names: object) -> str:
        return pages.from_string('{% import "ui/macros.html" as ui %}' + snippet).render(**names)

    return drawn


@pytest.fixture(scope="session", params=["styleguide", "styleguide_review"])
def guide(request: pytest.FixtureRequest, pages: Environment) -> str:
    return pages.get_template(f"ui/{request.param}.html").render(guide_context())
