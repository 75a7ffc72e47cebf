"""What the forms of a pack are made of: the base of all, words, slugs and cited texts."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError

from casebook.citations import Citation, CitationError
from casebook.limits import LONGEST_LINE, LONGEST_TITLE, SLUG
from casebook.pack.citations import split_trailing

LONGEST_TEXT = 5_000


class Form(BaseModel):
    """A mapping in a pack: unknown keys are problems, values are stripped words."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _one_line(text: str) -> str:
    return " ".join(text.split())


OneLine = Annotated[str, StringConstraints(max_length=LONGEST_LINE), AfterValidator(_one_line)]
"""Words on one line, or none."""

Line = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_LINE), AfterValidator(_one_line)
]
"""Words on one line."""

Title = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_TITLE), AfterValidator(_one_line)
]

Prose = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_TEXT), AfterValidator(_one_line)
]
"""A paragraph of words."""

Slug = Annotated[str, StringConstraints(pattern=f"^{SLUG}$", min_length=1, max_length=80)]
"""Small letters, digits and single hyphens."""


class Cited(BaseModel):
    """Words and the citations that end them."""

    model_config = ConfigDict(frozen=True)

    plain: str
    citations: tuple[Citation, ...]


def cited_parts(value: Any) -> Any:
    """A text that ends in its citations, as what fills `Cited`."""
    if isinstance(value, dict) and value.keys() == {"plain", "citations"}:
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "must be text")
    if len(value) > LONGEST_TEXT:
        raise ValueError(f"{len(value)} characters; at most {LONGEST_TEXT} are read")
    try:
        plain, citations = split_trailing(value)
    except CitationError as error:
        raise ValueError(str(error)) from None
    if re.search(r"\[[^\]]*@", plain):
        raise ValueError("a citation within the text; put all of them at its end")
    return {"plain": _one_line(plain), "citations": citations}


CitedText = Annotated[Cited, BeforeValidator(cited_parts)]

_Item = TypeVar("_Item")


def _listed(value: Any) -> Any:
    """One thing may stand where a list of them may."""
    return [value] if isinstance(value, str | dict) else value


Some = Annotated[list[_Item], BeforeValidator(_listed)]
