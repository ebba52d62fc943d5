"""The only writers of requisitions, a module a kind of act."""
