"""The cast of accounts and access: one account for each role."""

from tests.platform.conftest import PASSWORD, admin, make_user, recruiter

__all__ = ["PASSWORD", "admin", "make_user", "recruiter"]
