"""What the field knows of the six ways to staff a seat: inputs, criteria, vetoes and signs to change."""
