"""Find entries and passages."""
