"""One file that holds the whole installation at one moment, and the way back."""
