"""A pack: the text form of a book, which people write, review and version.

`read` makes plain values of a folder and collects every problem on the way, `check` holds
them together, `build` writes the book, `write` makes a pack of a book again.
"""
