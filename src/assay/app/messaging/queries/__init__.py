"""The only readers of conversations, letters and the addresses that want none."""
