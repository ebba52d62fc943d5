"""Measurements of the product, each a module: ``./dev bench`` runs them all, ``python -m bench.NAME`` one of them."""
