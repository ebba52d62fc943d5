"""The only writers of what somebody put off and of the digest."""
