"""A PostgreSQL server of our own: found, made, started, watched and stopped without an administrator."""
