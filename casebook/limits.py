"""How long the words of a book may be, and the form of its keys.

A pack is held to these when it is built, and a book when it is read, so that what can be
built is shown whole.
"""

from __future__ import annotations

LONGEST_TEXT = 20_000
"""Characters of a text; a pack's passages have up to 10,000."""

LONGEST_LINE = 500
"""Characters of a name or another line."""

LONGEST_TITLE = 250
"""Characters of a title; some formats of documents take no more than 255."""

LONGEST_SLUG = 255

SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
"""Small letters, digits and single hyphens."""

SOURCE_ID = r"[A-Za-z0-9][A-Za-z0-9_:.-]*"
CRITERION_KEY = SLUG
LONGEST_CRITERION_KEY = 20
"""Characters of the key of a point, which stands before its title in lists and matrices."""

MOST_REASONS = 60
"""Links of a chain of reasons that are kept for the bounds of an event."""
