"""What is known about how a hire proceeds: plans of stages, with their sources."""
