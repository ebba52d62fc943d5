"""The only readers of interview plans, interviews, scorecards and the question bank."""
