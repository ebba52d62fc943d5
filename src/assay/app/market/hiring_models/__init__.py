"""The hiring-model desk: six ways to staff a seat, compared, explained and kept."""
