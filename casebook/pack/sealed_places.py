"""Places that stand in sealed entries alone, and would tell where these are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from casebook.limits import SLUG
from casebook.pack.reader import Draft, Pack

_SLUG = re.compile(SLUG)


def places_of_sealed(
    packs: Iterable[Pack], drafts: Iterable[Draft], kept: Iterable[Draft]
) -> set[str]:
    """The slugs of places that are named in what is left out of some drafts, and nowhere else.

    A place within which another lies that stays is one that stays.

    Args:
        drafts: everything that the packs say of entries.
        kept: what an edition holds of it.
    """
    within = {
        place.slug: place.within
        for pack in packs
        for place in (pack.places.form.places if pack.places else ())
    }

    def named(some: Iterable[Draft]) -> set[str]:
        found: set[str] = set()
        for draft in some:
            for words in _said_of_places(draft.front.form):
                for match in _SLUG.finditer(words):
                    slug = match[0]
                    while slug and slug not in found:
                        found.add(slug)
                        slug = within.get(slug) or ""
        return found

    only_there = (named(drafts) - named(kept)).intersection(within)
    # Others lie within some of them that no entry names: these keep what they lie within.
    for slug in set(within) - only_there:
        above = within[slug]
        while above:
            only_there.discard(above)
            above = within.get(above)
    return only_there


def _said_of_places(value: object) -> Iterator[str]:
    """What the fields of a form that name a place say."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            held = getattr(value, name)
            if name == "place":
                yield str(getattr(held, "plain", held) or "")
            else:
                yield from _said_of_places(held)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _said_of_places(item)
