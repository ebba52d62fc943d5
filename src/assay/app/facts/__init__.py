"""What the field says: every fact that the product cites, to look up on a page and at a shell. Keeps no rows."""
