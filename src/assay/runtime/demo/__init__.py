"""A seeded, invented company for trying the product: staff, jobs and applicants with real résumé files."""
