"""The pages of jobs and their applicants: each parses, asks one query or action, and renders."""
