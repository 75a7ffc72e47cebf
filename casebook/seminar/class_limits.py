"""How long and how many the parts of answers and of a class may be."""

from __future__ import annotations

LONGEST_REASON = 1_000
"""Characters of a student's reason for a rating."""

LONGEST_NAME = 100
"""Characters of a student's name, or of a class's."""

LONGEST_IDENTIFIER = 32
"""Characters of a student's identifier: 128 random bits in hexadecimal."""

IDENTIFIER = r"[0-9a-f]{32}"

LAST_ROUND = 99

MOST_ANSWERS = 5_000
"""Ratings of one student in one round."""

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes of a file with a student's answers; one of four cases and eight points has 8 KiB."""

LAST_NUMBER = 1_000_000
"""How often a file of answers can be written anew."""

FEWEST_SHOWN = 5
"""Tallies of fewer students than this can be withheld, lest they show who said what."""
