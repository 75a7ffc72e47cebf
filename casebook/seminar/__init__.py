"""A seminar: its plan, the students' answers, and what a class makes of the cases.

- `agreement`: how far raters agree, beyond what chance would give.
- `class_tables`: the tables of a class, in a file or on a server; `class.sql` is derived from them.
- `class_limits`: how long and how many their parts may be.
"""
