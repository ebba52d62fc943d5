"""The only writers of interview plans, interviews and scorecards."""
