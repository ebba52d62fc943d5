"""What is known about reading files: limits, with their sources."""
