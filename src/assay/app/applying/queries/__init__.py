"""The only readers of what applicants sent and asked for."""
