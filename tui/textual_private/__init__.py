"""What Casebook uses of Textual that Textual does not promise, and why; no other room does."""
