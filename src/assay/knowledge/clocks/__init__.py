"""How long each wait may take, who is told when it takes longer, and the hours of an office to start with."""
