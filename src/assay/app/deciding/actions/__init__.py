"""The only writers of decisions."""
