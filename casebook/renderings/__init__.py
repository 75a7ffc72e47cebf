"""What is shown, as plain text and as JSON: for the command line and the app alike."""
