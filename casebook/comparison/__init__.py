"""Cases side by side on the points of a framework."""
