"""What leaves the book as a file: timelines, matrices, handouts, references."""
