"""Brings tables of cases and lists of references into a pack.

A table (`tables`) is read row by row, its columns are matched to what a case has (`columns`), each
row becomes a draft (`reading`), each draft a file (`entry_text`), and a plan says what would
be written (`plan`). What a cell says that is not clear is left out and told.
"""
