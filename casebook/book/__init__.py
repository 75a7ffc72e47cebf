"""Open a book, ask it things.

Everything here reads with `sqlite3` alone and answers with plain values. A book is other
people's data: it is opened read-only, held against the known schema before any query, and
every text that leaves it is made safe.

- `opening`: a file becomes a `Book`, or a sentence why not.
- `shelf`: the entries as lists show them, filtered and counted.
- `pages`: an entry with everything the book says of it.
- `sources`, `lists`: sources with their paragraphs; glossary and frameworks.
"""
