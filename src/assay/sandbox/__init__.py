"""Runs work that must not be trusted in a process that can do little and may die; knows nothing of hiring."""
