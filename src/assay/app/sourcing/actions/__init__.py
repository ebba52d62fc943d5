"""The only writers of imports. Each act checks access, writes and audits in one transaction."""
