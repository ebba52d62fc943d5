"""Where the items of an inbox come from: one module for each desk that keeps somebody waiting."""
