"""From answers about a problem to the role that it needs, with every reason named."""
