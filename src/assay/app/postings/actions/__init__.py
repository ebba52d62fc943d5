"""The only writers of adverts and publications."""
