"""What a volume may not take: the names that an earlier volume has given."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple, Protocol

from casebook.pack.problems import Problems, Spot
from casebook.pack.reader import Draft, Pack


class KnownNames(Protocol):
    """What a checker knows of its volume and those below it."""

    @property
    def pack(self) -> Pack: ...
    @property
    def below(self) -> KnownNames | None: ...
    @property
    def problems(self) -> Problems: ...
    @property
    def slugs(self) -> Collection[str]: ...
    @property
    def places(self) -> Collection[str]: ...
    @property
    def terms(self) -> Collection[str]: ...
    @property
    def frameworks(self) -> Collection[str]: ...


class PartName(NamedTuple):
    """What identifies one of the things that files say of an entry: `event 'founding'`."""

    entry: str
    what: str


class _Given(NamedTuple):
    """A name that a pack gives, and where."""

    what: str
    slug: str
    spot: Spot


def check_clashes(names: KnownNames) -> None:
    """Checks that a volume gives no name that an earlier one has given."""
    below = names.below
    if below is None:
        return
    sources = below.pack.sources
    taken = [
        given
        for given in _given_by(names.pack)
        if given.slug
        in {
            "entry": below.slugs,
            "place": below.places,
            "term": below.terms,
            "framework": below.frameworks,
        }.get(given.what, ())
        or (given.what == "source" and sources.item(given.slug))
    ]
    if not taken:
        return
    first = _where_given(below)
    for given in taken:
        where = first.get((given.what, given.slug), "an earlier volume")
        hint = _HINTS.get(given.what, "")
        names.problems.add(given.spot, f"the {given.what} '{given.slug}' is taken by {where}{hint}")


def name_key(name: str) -> str:
    """The key by which two names are the same: without case, and with single blanks."""
    return " ".join(name.casefold().split())


def check_term_names(pack: Pack, taken: dict[str, tuple[str, Spot]]) -> None:
    """Checks that no two terms of a book share a name or an alias.

    Args:
        taken: the slug and the place of the term that has a name, by the key of the name; those of
            the pack are added.
    """
    filed = pack.glossary
    if filed is None:
        return
    for number, term in enumerate(filed.form.terms):
        named = [(term.term, filed.spot("terms", number, "term"))]
        for place, alias in enumerate(term.aliases):
            named.append((alias, filed.spot("terms", number, "aliases", place)))
        for name, spot in named:
            key = name_key(name)
            if key in taken:
                slug, first = taken[key]
                whose = "here" if slug == term.slug else f"the name of the term '{slug}'"
                pack.problems.add(spot, f"'{name}' is already {whose} ({first})")
            taken.setdefault(key, (term.slug, pack.problems.placed(spot)))


_HINTS = {
    "framework": "; a volume cannot change the points of an earlier one",
    "source": "; cite it as it stands there",
}


def _where_given(names: KnownNames | None) -> dict[tuple[str, str], Spot]:
    """Where each name of a volume, and of those below it, is given."""
    found: dict[tuple[str, str], Spot] = {}
    while names is not None:
        for given in _given_by(names.pack):
            found[given.what, given.slug] = names.problems.placed(given.spot)
        names = names.below
    return found


def _given_by(pack: Pack) -> Iterator[_Given]:
    for file, slug, _ in pack.files.entries():
        yield _Given("entry", slug, Spot(file))
    if pack.places:
        for number, place in enumerate(pack.places.form.places):
            yield _Given("place", place.slug, pack.places.spot("places", number, "slug"))
    if pack.glossary:
        for number, term in enumerate(pack.glossary.form.terms):
            yield _Given("term", term.slug, pack.glossary.spot("terms", number, "slug"))
    for slug, spot in pack.sources.spots.items():
        yield _Given("source", slug, spot)
    for slug, filed in pack.frameworks.items():
        yield _Given("framework", slug, filed.spot("title"))


def check_parts(draft: Draft, parts: dict[PartName, Spot], problems: Problems) -> None:
    """Checks that a file says nothing of an entry that an earlier volume says already.

    Args:
        parts: where each part stands that has been said so far; those of the file are added.
        problems: of the pack that the file belongs to.
    """
    for what, spot in _parts_of(draft):
        here = problems.placed(spot)
        first = parts.setdefault(PartName(draft.slug, what), here)
        if first.root != here.root:
            problems.add(spot, f"the {what} is at {first} already{_where_to_contradict(what)}")


def _where_to_contradict(what: str) -> str:
    """What to do about a rating that an earlier volume gives otherwise."""
    if what.startswith("rating "):
        return "; if a source says otherwise, write it under 'accounts'"
    return ""


def _parts_of(draft: Draft) -> Iterator[tuple[str, Spot]]:
    front, form = draft.front, draft.front.form
    for number, event in enumerate(form.events):
        yield f"event '{event.key}'", front.spot("events", number, "key")
    for number, rating in enumerate(form.assessments):
        yield f"rating of '{rating.point}'", front.spot("assessments", number, "point")
    for number, exhibit in enumerate(form.exhibits):
        yield f"exhibit '{exhibit.key}'", front.spot("exhibits", number, "key")
    for number, question in enumerate(form.questions):
        yield f"question '{question.key or question.text}'", front.spot("questions", number)
    for number, relation in enumerate(form.relations):
        part = f" as {relation.as_}" if relation.as_ else ""
        spot = front.spot("relations", number, "to")
        yield f"relation '{relation.role} {relation.to}{part}'", spot
