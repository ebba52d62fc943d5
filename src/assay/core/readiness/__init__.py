"""Should we hire at all? Answers by several people, what they add up to, and what would change it."""
