"""A scenario to ask about, with few draws so that a test is quick."""

from dataclasses import replace

from assay.app.market.cost.catalogue import Ask, build_scenario
from assay.core.market.cost.scenario import Scenario
from assay.core.market.draws import Fixed


def scenario(*, draws: int = 800, base: tuple[float, ...] = (203_000.0,), **asked) -> Scenario:
    """The shipped inputs for a US seat, changed as asked."""
    return replace(build_scenario(ask=Ask(base=base, opens=(2026, 12), **asked)), draws=draws)


def known_scenario(**asked) -> Scenario:
    """The same with every input taken as known, at its typical value."""
    given = scenario(**asked)
    return replace(given, inputs=tuple(replace(one, distribution=Fixed(one.typical)) for one in given.inputs))
