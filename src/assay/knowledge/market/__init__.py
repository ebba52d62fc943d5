"""What the field knows of pay, cost and ways to staff a seat."""
