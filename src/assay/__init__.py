"""Assay: hiring machine-learning engineers on evidence."""

__version__ = "0.3.0"
