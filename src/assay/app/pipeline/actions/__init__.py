"""The only writers of jobs, people and applications. Each act checks access, writes and audits in one transaction."""
