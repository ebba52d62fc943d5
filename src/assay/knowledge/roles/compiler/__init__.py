"""What the role compiler goes by: questions, archetypes, rules and the mistakes the field keeps making."""
