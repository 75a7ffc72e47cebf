"""Holds a pack together: what one file says against what the others hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import astuple, dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from casebook.citations import Citation, CitationError
from casebook.dates import year_of
from casebook.file_names import file_stem
from casebook.pack import isic
from casebook.pack.accounts import Accounts
from casebook.pack.clashes import (
    PartName,
    check_clashes,
    check_parts,
    check_term_names,
    name_key,
)
from casebook.pack.exhibits import check_exhibits
from casebook.pack.files import FRAMEWORKS
from casebook.pack.form_values import Cited
from casebook.pack.forms import CriterionForm, FigureForm, FrameworkForm, PlaceForm, guess
from casebook.pack.passage_checks import check_passages
from casebook.pack.problems import Problems, Spot
from casebook.pack.reader import AdditionDraft, Draft, EntryDraft, Filed, Pack
from casebook.pack.readings import Readings, outcome_parts, tell_unknown_outcome
from casebook.pack.teaching import check_questions, check_teaching
from casebook.pack.told import EventId, ToldOrders
from casebook.roles import ROLES
from casebook.texts_on_disk import StoredTexts
from casebook.told_bounds import Tightened
from casebook.vocabulary import AliasKind, Kind, Outcome

FIRST_PLAUSIBLE_YEAR = 500
LAST_PLAUSIBLE_YEAR = 2200


def industry_of(cited: Cited) -> tuple[str, str]:
    """An ISIC code and the words behind it."""
    code, _, words = cited.plain.partition(" ")
    return code.upper(), words.strip()


def places_of(cited: Cited) -> list[str]:
    """The place slugs of a setting."""
    return [slug.strip() for slug in cited.plain.split(",") if slug.strip()]


def criterion_of(words: str) -> tuple[str, str]:
    """Framework slug and criterion key of `success-checklist a`."""
    framework, _, key = words.rpartition(" ")
    return framework.strip(), key.strip()


@dataclass(slots=True)
class Checker:
    """Checks drafts against the pack they belong to; every finding goes to its problems.

    Attributes:
        below: the checker of the volume below this one, whose entries have been checked;
            what it knows is known here too.
        added_to: the slugs of the entries that any volume adds to.
        has_outcomes: False where they are sealed, so that no case has one.
        number: of the volume, from 1.
        parts: where each part of the entries that are added to stands, by entry and name.
    """

    pack: Pack
    below: Checker | None = None
    added_to: Set[str] = frozenset()
    has_outcomes: bool = True
    number: int = field(init=False, default=1)
    slugs: dict[str, Kind] = field(init=False)
    places: dict[str, PlaceForm] = field(init=False)
    terms: set[str] = field(init=False)
    frameworks: dict[str, Filed[FrameworkForm]] = field(init=False)
    criteria: dict[str, set[str]] = field(init=False)
    names: StoredTexts = field(init=False, default_factory=StoredTexts)
    """The entry of each name and where it is given, as JSON."""
    term_names: dict[str, tuple[str, Spot]] = field(init=False, default_factory=dict)
    figure_slugs: dict[str, Spot] = field(init=False, default_factory=dict)
    parts: dict[PartName, Spot] = field(init=False, default_factory=dict)
    told: ToldOrders = field(init=False, default_factory=ToldOrders)
    accounts: Accounts = field(init=False, default_factory=Accounts)
    readings: Readings = field(init=False, default_factory=Readings)

    def __post_init__(self) -> None:
        pack, below = self.pack, self.below
        self.slugs = pack.slugs
        self.places = {p.slug: p for p in pack.places.form.places} if pack.places else {}
        self.terms = pack.glossary.words_of("slug") if pack.glossary else set()
        self.frameworks = pack.frameworks
        self.criteria = {slug: filed.words_of("key") for slug, filed in pack.frameworks.items()}
        if below is None:
            return
        self.number = below.number + 1
        self.slugs = below.slugs | self.slugs
        self.places = below.places | self.places
        self.terms = below.terms | self.terms
        self.frameworks = below.frameworks | self.frameworks
        self.criteria = below.criteria | self.criteria
        pack.sources.below = below.pack.sources
        self.names, self.term_names = below.names, below.term_names
        self.figure_slugs = below.figure_slugs
        self.parts, self.told, self.accounts = below.parts, below.told, below.accounts
        self.readings = below.readings

    @property
    def problems(self) -> Problems:
        return self.pack.problems

    def shared(self) -> None:
        """Checks everything but the entries and what is added to them."""
        self._files_of_one_name()
        check_clashes(self)
        self._places()
        self._glossary()
        check_term_names(self.pack, self.term_names)
        self._frameworks()
        self._outlines()
        for slug, cited in self.pack.sources.mentions():
            self.cited(cited, self.pack.sources.spots[slug], "the mention")
        if self.pack.figures:
            for number, figure in enumerate(self.pack.figures.form.figures):
                self._figure(figure, self.pack.figures, ("figures", number))

    def entry(self, draft: EntryDraft) -> None:
        """Checks one entry; of a sealed one there is nothing to check."""
        if draft.is_sealed:
            return
        self._names(draft)
        self._setting(draft)
        self._people(draft)
        check_teaching(self, draft.slug, draft.front)
        self._parts(draft)

    def addition(self, draft: AdditionDraft) -> None:
        """Checks what is added to an entry of an earlier volume."""
        spot = draft.front.spot("adds_to")
        if draft.slug in self.pack.slugs:
            whole = f"{self.pack.slugs[draft.slug].plural}/{draft.slug}.md"
            self.problems.add(spot, f"'{draft.slug}' is an entry of this pack; write it in {whole}")
        elif draft.slug not in self.slugs:
            earlier = self.below.slugs if self.below else ()
            near = guess(draft.slug, earlier)
            self.problems.add(spot, f"no earlier volume has an entry '{draft.slug}'{near}")
        self._parts(draft)

    def _parts(self, draft: Draft) -> None:
        """Checks what any file may say of an entry."""
        self._relations(draft)
        self._events(draft)
        self._assessments(draft)
        check_passages(self, draft.passages)
        check_exhibits(self, draft.front)
        check_questions(self, draft.front)
        for number, figure in enumerate(draft.front.form.figures):
            self._figure(figure, draft.front, ("figures", number), draft.slug)
        if draft.slug in self.added_to:
            check_parts(draft, self.parts, self.problems)
        self.told.take(draft, self.problems, self.number)
        self.accounts.take(self, draft)
        self.readings.take(self, draft)

    def told_order(self) -> Mapping[EventId, Tightened[EventId]]:
        """Checks told order once every entry has been; says what follows for the dates."""
        self.told.check(self.slugs, self.problems)
        return self.told.solved(self.problems)

    # What several checks share

    def cited(self, text: Cited, spot: Spot, what: str) -> None:
        """Checks that a text has words and good citations."""
        if not text.plain:
            self.problems.add(spot, f"{what} has no words, only a citation")
        self.citations(text.citations, spot, what)

    def citations(
        self, citations: Iterable[Citation], spot: Spot, what: str, *, needed: bool = True
    ) -> None:
        """Checks that there is a citation and that each leads somewhere."""
        found = False
        for citation in citations:
            found = True
            try:
                fault = self.pack.sources.fault_of(citation)
            except CitationError as error:
                fault = str(error)
            if fault:
                self.problems.add(spot, fault)
        if needed and not found:
            self.problems.add(spot, f"{what} has no citation")

    def known_entry(self, slug: str, spot: Spot) -> None:
        if slug not in self.slugs:
            self.problems.add(spot, f"no entry '{slug}'{guess(slug, self.slugs)}")

    def known_place(self, slug: str, spot: Spot) -> None:
        filed = self.pack.places
        if slug in self.places or (filed and slug in filed.words_of("slug")):
            return
        if filed is None and ("places.yaml" in self.pack.files.names or self.below is None):
            return  # what is wrong with the file has been told
        self.problems.add(spot, f"no place '{slug}' in places.yaml{self._near_place(slug)}")

    def known_point(self, words: str, spot: Spot) -> None:
        """Checks that a framework has a point, and that cases are assessed against it."""
        framework, key = criterion_of(words)
        filed = self.frameworks.get(framework)
        if f"{FRAMEWORKS}/{framework}.yaml" in self.pack.files.names and filed is None:
            return  # what is wrong with the file has been told
        if filed is None:
            near = guess(framework, self.criteria)
            self.problems.add(spot, f"no framework '{framework}' in frameworks/{near}")
        elif key not in self.criteria[framework]:
            self.problems.add(spot, f"{framework} has no point '{key}'")
        elif not filed.form.assessed:
            self.problems.add(spot, f"{framework} is a list that no case is assessed against")

    def _near_place(self, words: str) -> str:
        """The slug of the place that bears a name, or one that is nearly the same."""
        bearing = " ".join(words.casefold().split())
        for place in self.places.values():
            if bearing in (name.casefold() for name in (place.slug, place.name, *place.aliases)):
                return f"; did you mean '{place.slug}'?"
        if code := code_of_country(words):
            line = f'{{slug: {file_stem(words)}, name: {words}, country: "{code}"}}'
            return f"; add it there: - {line}"
        return guess(file_stem(words) or words, self.places)

    # Shared files

    def _files_of_one_name(self) -> None:
        for slug, files in groupby(self.pack.files.entries(), key=itemgetter(1)):
            first, *others = (name for name, _, _ in files)
            for name in others:
                self.problems.add(Spot(name), f"the name '{slug}' is taken by {first}")

    def _places(self) -> None:
        filed = self.pack.places
        if filed is None:
            return
        seen: set[str] = set()
        for number, place in enumerate(filed.form.places):
            spot = filed.spot("places", number, "slug")
            if place.slug in seen:
                self.problems.add(spot, f"the place '{place.slug}' occurs twice")
            seen.add(place.slug)
            if place.within:
                self.known_place(place.within, filed.spot("places", number, "within"))
            if (place.latitude is None) != (place.longitude is None):
                self.problems.add(
                    spot, f"'{place.slug}' has a latitude or a longitude; a place needs both"
                )
            if place.country and not country_name(place.country):
                self.problems.add(
                    filed.spot("places", number, "country"),
                    f"'{place.country}' is not an ISO 3166 code",
                )
        for number, place in enumerate(filed.form.places):
            if self._goes_round(place):
                self.problems.add(
                    filed.spot("places", number, "within"), f"'{place.slug}' lies within itself"
                )

    def _goes_round(self, place: PlaceForm) -> bool:
        seen = {place.slug}
        current: PlaceForm | None = place
        while current and current.within:
            if current.within in seen:
                return True
            seen.add(current.within)
            current = self.places.get(current.within)
        return False

    def _glossary(self) -> None:
        filed = self.pack.glossary
        if filed is None:
            return
        seen: set[str] = set()
        for number, term in enumerate(filed.form.terms):
            spot = filed.spot("terms", number, "slug")
            if term.slug in seen:
                self.problems.add(spot, f"the term '{term.slug}' occurs twice")
            seen.add(term.slug)
            self.cited(term.definition, filed.spot("terms", number, "definition"), "the definition")
            if term.entry:
                self.known_entry(term.entry, filed.spot("terms", number, "entry"))

    def _frameworks(self) -> None:
        for filed in self.pack.frameworks.values():
            self.cited(filed.form.description, filed.spot("description"), "the description")
            self._criteria(filed.form.points, filed.spot("points"), set())

    def _criteria(self, points: list[CriterionForm], spot: Spot, seen: set[str]) -> None:
        for point in points:
            if point.key in seen:
                self.problems.add(spot, f"the point '{point.key}' occurs twice")
            seen.add(point.key)
            self.cited(point.text, spot, f"point '{point.key}'")
            self._criteria(point.points, spot, seen)

    def _outlines(self) -> None:
        first: dict[str, Spot] = {}
        for filed in self.pack.outlines:
            spot = filed.spot("source")
            if filed.form.source in first:
                other = first[filed.form.source]
                self.problems.add(spot, f"{filed.form.source} has an outline at {other} too")
            first.setdefault(filed.form.source, spot)
            item = self.pack.sources.items.get(filed.form.source)
            if item is None:
                if self.pack.sources.item(filed.form.source):
                    what = (
                        f"{filed.form.source} is a source of an earlier volume, which outlines it"
                    )
                    self.problems.add(spot, what)
                elif not self.pack.sources.may_hold(filed.form.source):
                    near = self.pack.sources.near(filed.form.source)
                    self.problems.add(spot, f"no source '{filed.form.source}'{near}")
                continue
            last = item.custom.paragraphs or 0
            for number in filed.form.paragraphs:
                if not 1 <= number <= last:
                    spot = filed.spot("paragraphs", str(number))
                    self.problems.add(spot, f"{item.id} has paragraphs 1 to {last}, not {number}")

    def _figure(
        self, figure: FigureForm, filed: Filed[Any], path: tuple[int | str, ...], owner: str = ""
    ) -> None:
        self.cited(figure.measures, filed.spot(*path, "measures"), "the figure")
        spot = filed.spot(*path, "slug")
        if figure.slug in self.figure_slugs:
            first = self.figure_slugs[figure.slug]
            self.problems.add(spot, f"the figure '{figure.slug}' is also at {first}")
        self.figure_slugs.setdefault(figure.slug, self.problems.placed(spot))
        if figure.surveyor:
            self.known_entry(figure.surveyor, filed.spot(*path, "surveyor"))
        for slug in figure.about:
            self.known_entry(slug, filed.spot(*path, "about"))
        if figure.when:
            self.plausible(figure.when.bounds.possible, filed.spot(*path, "when"))
        self.accounts.take_figure(self, figure, owner, spot)

    # Entries

    def _names(self, draft: EntryDraft) -> None:
        front = draft.front
        named = [(front.form.title, front.spot("title"))]
        named += [
            (alias.text, front.spot("aliases", number, "text"))
            for number, alias in enumerate(front.form.aliases)
        ]
        for name, spot in named:
            key = name_key(name)
            here = json.dumps((draft.slug, astuple(self.problems.placed(spot))))
            given = self.names.setdefault(key, here)
            if given != here:
                slug, first = json.loads(given)
                whose = "here" if slug == draft.slug else f"the name of {slug}"
                self.problems.add(spot, f"'{name}' is already {whose} ({Spot(*first)})")
        for number, alias in enumerate(front.form.aliases):
            citations = alias.note.citations if alias.note else ()
            self.citations(
                citations,
                front.spot("aliases", number),
                f"the source's spelling '{alias.text}'",
                needed=alias.kind is AliasKind.MISSPELLING,
            )

    def _setting(self, draft: EntryDraft) -> None:
        front, setting = draft.front, draft.front.form.setting
        spot = front.spot("setting", "place")
        self.cited(setting.place, spot, "the place")
        for slug in places_of(setting.place):
            self.known_place(slug, spot)
        for industry in setting.industry:
            spot = front.spot("setting", "industry")
            self.cited(industry, spot, "the industry")
            code, _ = industry_of(industry)
            if code not in isic.labels():
                self.problems.add(spot, f"'{code}' is not an ISIC Rev. 4 code")
        if setting.size:
            self.cited(setting.size, front.spot("setting", "size"), "the size")
        if setting.years:
            spot = front.spot("setting", "years")
            self.citations(setting.years.citations, spot, "the years")
            self.plausible(setting.years.bounds.possible, spot)
        if front.form.outcome:
            spot = front.spot("outcome")
            word, _ = outcome_parts(front.form.outcome)
            self.cited(front.form.outcome, spot, f"outcome '{word}'")
            if word not in tuple(Outcome):
                tell_unknown_outcome(self.problems, spot, word)
        elif front.form.kind.is_case and self.has_outcomes:
            self.problems.add(front.spot(), "a case needs an outcome: 'open' where it is not known")

    def _relations(self, draft: Draft) -> None:
        front = draft.front
        seen: set[tuple[str, str, str]] = set()
        for number, relation in enumerate(front.form.relations):
            spot = front.spot("relations", number, "to")
            self.known_entry(relation.to, spot)
            if relation.to == draft.slug:
                self.problems.add(spot, "an entry cannot stand in a relation to itself")
            if relation.role not in ROLES:
                self.problems.add(
                    front.spot("relations", number, "role"),
                    f"role '{relation.role}' is not known{guess(relation.role, ROLES)}"
                    f"; use {', '.join(ROLES)}",
                )
            key = (relation.role, relation.to, relation.as_ or "")
            if key in seen:
                self.problems.add(spot, f"'{relation.role} {relation.to}' occurs twice")
            seen.add(key)
            self.citations(
                relation.note.citations, front.spot("relations", number), f"'{relation.role}'"
            )

    def _people(self, draft: EntryDraft) -> None:
        front = draft.front
        for number, person in enumerate(front.form.people):
            spot = front.spot("people", number)
            self.citations(person.note.citations, spot, f"'{person.name}'")

    def _events(self, draft: Draft) -> None:
        front = draft.front
        seen: set[str] = set()
        for number, event in enumerate(front.form.events):
            spot = front.spot("events", number, "key")
            if event.key in seen:
                self.problems.add(spot, f"the event '{event.key}' occurs twice")
            seen.add(event.key)
            self.cited(event.what, front.spot("events", number, "what"), f"event '{event.key}'")
            self.plausible(event.when.bounds.possible, front.spot("events", number, "when"))
            if event.place:
                self.known_place(event.place, front.spot("events", number, "place"))
            taking_part = [participant.entry for participant in event.with_]
            for place, participant in enumerate(event.with_):
                spot = front.spot("events", number, "with", place, "entry")
                self.known_entry(participant.entry, spot)
                if taking_part.count(participant.entry) > 1 or participant.entry == draft.slug:
                    self.problems.add(spot, f"'{participant.entry}' takes part twice")
            for relation, place, told in event.told():
                spot = front.spot("events", number, relation.value, place)
                self.citations(told.says.citations, spot, f"'{relation.value} {told.event}'")

    def plausible(self, possible: tuple[int | None, int | None], spot: Spot) -> None:
        """An absurd year is a slip of the finger."""
        for day in possible:
            if day is None:
                continue
            year = year_of(day)
            if not FIRST_PLAUSIBLE_YEAR <= year <= LAST_PLAUSIBLE_YEAR:
                self.problems.add(
                    spot,
                    f"the year {year} is probably a slip; use a year from {FIRST_PLAUSIBLE_YEAR}"
                    f" to {LAST_PLAUSIBLE_YEAR}",
                )
                return

    def _assessments(self, draft: Draft) -> None:
        front = draft.front
        seen: set[str] = set()
        for number, assessment in enumerate(front.form.assessments):
            spot = front.spot("assessments", number, "point")
            self.known_point(assessment.point, spot)
            if assessment.point in seen:
                self.problems.add(spot, f"'{assessment.point}' is assessed twice")
            seen.add(assessment.point)
            rating = front.spot("assessments", number, "rating")
            if not assessment.evidence.plain:
                self.problems.add(rating, f"rating '{assessment.rating}' has no evidence")
            self.citations(assessment.evidence.citations, rating, f"rating '{assessment.rating}'")


def country_name(code: str) -> str:
    """The English short name of an ISO 3166-1 alpha-2 code, or nothing."""
    from iso3166 import countries

    country = countries.get(code, None)
    return re.sub(r"\s+", " ", country.apolitical_name) if country else ""


def code_of_country(name: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country's English name, or nothing."""
    from iso3166 import countries

    plain = name.casefold()
    names = ((country.apolitical_name, country.alpha2) for country in countries)
    return next((code for known, code in names if known.casefold() == plain), "")
