"""What leaves the book as a file: matrices, handouts, references."""
