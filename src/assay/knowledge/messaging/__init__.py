"""What is written to candidates: the shipped letters, and the bounds of what is sent and taken in."""
