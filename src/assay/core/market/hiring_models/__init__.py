"""How to staff a seat: six models scored, ruled out, costed and explained."""
