"""The places of a pack, found by what a table calls them, and those that an import adds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from casebook.file_names import file_stem
from casebook.imports.values import country_of
from casebook.limits import LONGEST_LINE
from casebook.pack.check import country_name
from casebook.pack.forms import PlaceForm
from casebook.sheets import NO_PLACE


class KnownPlace(NamedTuple):
    """A place that cells can name."""

    slug: str
    name: str
    country: str = ""
    within: str = ""


class PlacesRead(NamedTuple):
    """The slugs of places that two cells name, and what to tell of how they were read."""

    slugs: tuple[str, ...] = ()
    remark: str = ""
    country_remark: str = ""
    is_country_clear: bool = True


def _name(words: str) -> str:
    return " ".join(words.casefold().split())


@dataclass(slots=True)
class PlaceBook:
    """Finds places by name, alias or slug; makes those that are not there."""

    by_slug: dict[str, KnownPlace] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=dict)
    added: list[KnownPlace] = field(default_factory=list)

    @classmethod
    def of(cls, forms: Iterable[PlaceForm]) -> PlaceBook:
        book = cls()
        for form in forms:
            known = KnownPlace(form.slug, form.name, form.country or "", form.within or "")
            book._keep(known, (form.name, form.slug, *form.aliases))
        return book

    def _keep(self, known: KnownPlace, names: Iterable[str]) -> None:
        self.by_slug[known.slug] = known
        for name in {_name(name) for name in names}:
            self.by_name.setdefault(name, []).append(known.slug)

    def read(self, words: str, country_words: str = "") -> PlacesRead:
        """The places that a cell names, with the country of the cell beside it.

        Semicolons and lines divide places. Commas divide a place from what it lies in, unless
        the pack knows each part.
        """
        country = ""
        country_remark, is_clear = "", True
        if country_words:
            country, is_exact = country_of(country_words)
            is_clear = bool(country)
            if not country:
                country_remark = "is not a country in ISO 3166"
            elif not is_exact:
                country_remark = f"is read as {country_name(country)}"
        slugs: list[str] = []
        remarks: list[str] = []
        for part in re.split(r"[;\n]", words):
            if part.strip():
                found, remark = self._one(" ".join(part.split()), country)
                slugs += [slug for slug in found if slug not in slugs]
                remarks += [remark] if remark else []
        if not slugs and country:
            slugs = [self._country(country)]
        return PlacesRead(tuple(slugs), "; ".join(remarks), country_remark, is_clear)

    def _one(self, words: str, country: str) -> tuple[list[str], str]:
        if found := self._known(words, country):
            return [found], ""
        parts = [part.strip() for part in words.split(",") if part.strip()]
        if not parts:
            return [], ""
        known = [self._known(part, country) for part in parts]
        if len(parts) > 1 and all(known):
            first, *others = [self.by_slug[slug] for slug in known if slug]
            # `Takaoka, Japan` is one place where it lies there, else both are meant.
            if all(other.slug in self._above(first) for other in others):
                return [first.slug], ""
            return [slug for slug in known if slug], ""
        last = country_of(parts[-1])
        if last.code and (last.is_exact or len(parts) > 1) and (not country or len(parts) == 1):
            if len(parts) == 1 and len(parts[0]) > 3:
                remark = "" if last.is_exact else f"is read as {country_name(last.code)}"
                return [self._country(last.code)], remark
            if len(parts) > 1:
                parts, country = parts[:-1], last.code
        within = self._country(country) if country else ""
        for name in reversed(parts):
            within = self._known(name, country) or self._add(name[:LONGEST_LINE], country, within)
        return [within], ""

    def _known(self, name: str, country: str) -> str:
        """The place of a name, in a country where that is told."""
        for slug in self.by_name.get(_name(name), ()):
            there = self._country_of(slug)
            if country and not there:
                self._tell_country(slug, country)
            if not country or there in ("", country):
                return slug
        return ""

    def _tell_country(self, slug: str, country: str) -> None:
        """Completes a place that this import added for a row that did not tell its country."""
        known = self.by_slug[slug]
        if known in self.added and not known.within and slug != NO_PLACE:
            whole = known._replace(country=country, within=self._country(country))
            self.by_slug[slug] = self.added[self.added.index(known)] = whole

    def _above(self, known: KnownPlace) -> list[str]:
        found: list[str] = []
        while known.within and known.within in self.by_slug and known.within not in found:
            found.append(known.within)
            known = self.by_slug[known.within]
        return found

    def _country_of(self, slug: str) -> str:
        known = self.by_slug[slug]
        inherited = (self.by_slug[above].country for above in self._above(known))
        return known.country or next(filter(None, inherited), "")

    def _country(self, code: str) -> str:
        """The place that is a country, made if the pack has none."""
        name = country_name(code)
        for slug, known in self.by_slug.items():
            if known.country == code and not known.within and _same_country(known, code):
                return slug
        return self._add(name, code, "")

    def _add(self, name: str, country: str, within: str) -> str:
        stem = file_stem(name, "place")
        slug, number = stem, 1
        if slug in self.by_slug and country:
            slug = stem = f"{stem}-{country.lower()}"[:80]
        while slug in self.by_slug:
            number += 1
            slug = f"{stem}-{number}"
        known = KnownPlace(slug, name, country, within)
        self._keep(known, (name, slug))
        self.added.append(known)
        return slug

    def not_told(self) -> str:
        """The place of cases that a table tells none of."""
        if NO_PLACE not in self.by_slug:
            known = KnownPlace(NO_PLACE, "Not told")
            self._keep(known, ())
            self.added.append(known)
        return NO_PLACE


def _same_country(known: KnownPlace, code: str) -> bool:
    return country_of(known.name).code == code
