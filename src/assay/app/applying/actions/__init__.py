"""The only writers of application forms, applications from outside and candidates' requests."""
