"""How requests for headcount are approved: the plans to start with, and the facts that an approval rests on."""
