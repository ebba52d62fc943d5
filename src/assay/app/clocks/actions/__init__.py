"""The only writers of clocks: worked out from facts, and what people add to them."""
