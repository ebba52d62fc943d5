"""The only readers of clocks, calendars, limits and promises."""

from assay.app.clocks.queries.promises import PromiseView as PromiseView
from assay.app.clocks.queries.promises import get_promise as get_promise
from assay.app.clocks.queries.views import ClockView as WaitingClock
from assay.app.clocks.queries.waiting import clock_lines as clock_lines
from assay.app.clocks.queries.waiting import list_reasons_owed as list_reasons_owed
from assay.app.clocks.queries.waiting import list_waiting as list_waiting

__all__ = ["PromiseView", "WaitingClock", "clock_lines", "get_promise", "list_reasons_owed", "list_waiting"]
