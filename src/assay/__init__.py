"""Assay: hiring machine-learning engineers on evidence."""

__version__ = "0.1.0"
