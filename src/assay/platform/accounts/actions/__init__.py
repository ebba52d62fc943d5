"""The only writers of accounts and invitations. Each act checks access, writes and audits in one transaction."""

from assay.platform.accounts.actions.invitations import issue_first_admin_link

__all__ = ["issue_first_admin_link"]
