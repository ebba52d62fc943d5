"""Pages of the question bank, plans, interviews and scorecards: parse, one action or query, render."""
