"""What the columns of a book may hold.

SQLModel checks them whenever a row is validated; the schema says of them only that they
are numbers or words, so that a limit may change without another version of the schema.
"""

from __future__ import annotations

from typing import Annotated, TypeVar

from pydantic import AfterValidator, StringConstraints
from sqlmodel import AutoString, Field

from casebook.dates import FIRST_DAY, LAST_DAY
from casebook.limits import (
    CRITERION_KEY,
    LONGEST_CRITERION_KEY,
    LONGEST_LINE,
    LONGEST_SLUG,
    LONGEST_TEXT,
    LONGEST_TITLE,
    SLUG,
    SOURCE_ID,
)
from casebook.roles import ROLES

_Closed = TypeVar("_Closed")

Word = Annotated[_Closed, Field(sa_type=AutoString)]
"""A word of a closed list: stored as the word, and not as its name in Python."""

Key = Annotated[int, Field(gt=0)]
"""The key of a row, or of one that it points to."""

Position = Annotated[int, Field(ge=0)]

Day = Annotated[int, Field(ge=FIRST_DAY, le=LAST_DAY)]
"""A day number, as in `datetime.date.toordinal`."""

Slug = Annotated[str, StringConstraints(pattern=f"^{SLUG}$", max_length=LONGEST_SLUG)]
SourceId = Annotated[str, StringConstraints(pattern=f"^{SOURCE_ID}$", max_length=LONGEST_SLUG)]
CriterionKey = Annotated[
    str, StringConstraints(pattern=f"^{CRITERION_KEY}$", max_length=LONGEST_CRITERION_KEY)
]

Line = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_LINE)]
MaybeLine = Annotated[str, StringConstraints(max_length=LONGEST_LINE)]
"""A line that may be empty."""

Title = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TITLE)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT)]
MaybeText = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]
"""A text that may be empty."""

Digest = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]
"""SHA-256 in hexadecimal; empty until everything else is written."""

SourceGrades = Annotated[str, StringConstraints(pattern="^A?B?C?-?$")]
"""The grades of several sources, each once; empty until everything else is written."""

Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""


def _known_role(name: str) -> str:
    if name not in ROLES:
        raise ValueError(f"'{name}' is not a role")
    return name


RoleName = Annotated[str, AfterValidator(_known_role)]
