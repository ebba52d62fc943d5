"""What to ask in an interview: the question bank with its anchors, the kinds of conversation, how plans are weighed."""
