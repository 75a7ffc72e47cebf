"""Casebook as one download: `casebook.pyz`, and a folder that needs no Python."""
