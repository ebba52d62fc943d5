"""Assay: hiring machine-learning engineers on evidence."""

__version__ = "0.2.0"
