"""The only writers of threads, templates and addresses that want no mail."""
