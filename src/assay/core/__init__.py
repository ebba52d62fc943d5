"""The functional core: what is right, in plain typed Python. No web, no database, no clock, no files."""
