"""The only writers of clocks, calendars, promises and reasons for a breach."""
