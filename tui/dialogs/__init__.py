"""Boxes over a screen: a choice, a name, an export, a note."""
