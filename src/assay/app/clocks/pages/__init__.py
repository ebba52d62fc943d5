"""Pages of clocks, calendars and limits."""
