"""A seeded, invented company for trying the product: staff, jobs and applicants with real résumé files."""

from assay.runtime.demo.seed import seed_demo

__all__ = ["seed_demo"]
