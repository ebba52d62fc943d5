"""What the field knows about being ready to hire for machine learning."""
