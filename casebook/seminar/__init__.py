"""A seminar: its plan, the students' answers, and what a class makes of the cases.

- `agreement`: how far raters agree, beyond what chance would give.
"""
