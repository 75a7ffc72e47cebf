"""Open a book, ask it things.

Everything here reads with `sqlite3` alone and answers with plain values. A book is other
people's data: it is opened read-only, held against the known schema before any query, and
every text that leaves it is made safe.

- `connection`: a file becomes a `Book`, or a sentence why not.
- `entries`: the entries as lists show them; `filters`: which of them, and how many there are.
- `pages`: an entry with everything the book says of it; `events`, `figures`, `ratings`: parts
  of pages, for many entries at once.
- `setting_facts`: the lines of a setting, with their names.
- `sources`, `lists`: sources with their paragraphs; glossary and frameworks.
- `rows`: the gate that every column passes; `budget`: how much may be read.
"""
