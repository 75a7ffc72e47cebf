"""Accounts in a pack: what several sources say of the date or place of an event, or of a figure."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from casebook.citations import Citation
from casebook.dates import Bounds, DateError, iso_day
from casebook.edtf import LONGEST_EDTF, bounds_of
from casebook.limits import LONGEST_LINE
from casebook.pack.figure_forms import AddedFigureAccountForm, FigureAccountForm
from casebook.pack.form_values import Cited
from casebook.pack.forms import (
    AccountForm,
    AddedAccountForm,
    AdditionForm,
    FigureForm,
    When,
    guess,
)
from casebook.pack.problems import Problems, Spot
from casebook.pack.reader import Draft, Filed
from casebook.pack.told import EventId, ToldOrders

MOST_ACCOUNTS = 9
"""Accounts of one event beside its first."""


class AccountChecks(Protocol):
    """What is known of a volume and those below it, and the checks that are shared."""

    @property
    def problems(self) -> Problems: ...
    @property
    def number(self) -> int: ...
    @property
    def added_to(self) -> Set[str]: ...
    @property
    def told(self) -> ToldOrders: ...

    def citations(
        self, citations: Iterable[Citation], spot: Spot, what: str, *, needed: bool = True
    ) -> None: ...
    def known_place(self, slug: str, spot: Spot) -> None: ...
    def plausible(self, possible: tuple[int | None, int | None], spot: Spot) -> None: ...


@dataclass(frozen=True, slots=True)
class PackAccount:
    """What one source says of an event.

    Attributes:
        place: the slug of a place; None where it says none.
        citations: none for the first account, which rests on what the event is cited for.
        volume: the number of the volume that says it.
    """

    when: When | None
    place: str | None
    spot: Spot
    citations: tuple[Citation, ...] = ()
    volume: int = 1

    def says_the_same(self, other: PackAccount) -> bool:
        """Whether another account gives the same date and the same place."""
        bounds = self.when.bounds if self.when else None
        other_bounds = other.when.bounds if other.when else None
        return (bounds, self.place) == (other_bounds, other.place)


@dataclass(frozen=True, slots=True)
class PackAmount:
    """What one source says of a figure.

    Attributes:
        citations: none for the first account, which rests on what the figure is cited for.
        volume: the number of the volume that says it.
        owner: of the first account, the entry that the figure is written for.
    """

    value: str
    qualifier: str
    spot: Spot
    citations: tuple[Citation, ...] = ()
    volume: int = 1
    owner: str = ""

    @property
    def words(self) -> str:
        """Qualifier and value: `about 600`."""
        return f"{self.qualifier} {self.value}".strip()


@dataclass(frozen=True, slots=True)
class Merged:
    """What is common to several accounts of an event.

    Attributes:
        text: the words of all for the date: `1999 or 1996`.
        edtf: one of the dates, where EDTF can say that; else the whole stretch of time.
        inferred: how those were inferred that are.
        bounds: the tightest in which each of them lies.
        place: the place, where none of the accounts names another.
    """

    text: str
    edtf: str
    inferred: str
    bounds: Bounds
    place: str | None


@dataclass(slots=True)
class Accounts:
    """Gathers the accounts of events and figures, volume by volume.

    Attributes:
        of: of each event that has several, its own account first.
        of_figures: likewise of figures, by slug.
    """

    of: dict[EventId, list[PackAccount]] = field(default_factory=dict)
    of_figures: dict[str, list[PackAmount]] = field(default_factory=dict)
    _first: dict[EventId, PackAccount] = field(default_factory=dict)
    _first_amounts: dict[str, PackAmount] = field(default_factory=dict)

    def take(self, checks: AccountChecks, draft: Draft) -> None:
        """Checks and takes the accounts that a file gives, once its events have been taken."""
        front = draft.front
        for number, event in enumerate(front.form.events):
            name = EventId(draft.slug, event.key)
            if event.accounts or draft.slug in checks.added_to:
                spot = checks.problems.placed(front.spot("events", number, "when"))
                first = PackAccount(event.when, event.place, spot, volume=checks.number)
                self._first.setdefault(name, first)
            for at, account in enumerate(event.accounts):
                self._take(checks, name, account, front, ("events", number, "accounts", at))
        if not isinstance(front.form, AdditionForm):
            return
        here = {event.key for event in front.form.events}
        for at, added in enumerate(front.form.accounts):
            if isinstance(added, AddedFigureAccountForm):
                self._take_added_amount(checks, draft, added, front.spot("accounts", at))
                continue
            if not isinstance(added, AddedAccountForm):
                continue  # of a rating or an outcome; see `readings`
            name = EventId(draft.slug, added.event)
            spot = front.spot("accounts", at, "event")
            if added.event in here:
                what = f"the event '{added.event}' stands in this file; write its accounts there"
                checks.problems.add(spot, what)
            elif name in self._first:
                self._take(checks, name, added, front, ("accounts", at))
            else:
                known = [first.key for first in self._first if first.entry == draft.slug]
                near = guess(added.event, known)
                what = f"no earlier volume has an event '{added.event}' of {draft.slug}{near}"
                checks.problems.add(spot, what)

    def take_figure(
        self, checks: AccountChecks, figure: FigureForm, owner: str, spot: Spot
    ) -> None:
        """Checks and takes the accounts of a figure.

        Args:
            owner: the slug of the entry that it is written for; empty where it is for none.
        """
        placed = checks.problems.placed(spot)
        first = PackAmount(
            figure.value, figure.qualifier or "", placed, volume=checks.number, owner=owner
        )
        if figure.accounts or owner in checks.added_to:
            self._first_amounts.setdefault(figure.slug, first)
        for account in figure.accounts:
            self._take_amount(checks, figure.slug, account, spot)

    def _take_added_amount(
        self, checks: AccountChecks, draft: Draft, added: AddedFigureAccountForm, spot: Spot
    ) -> None:
        if any(figure.slug == added.figure for figure in draft.front.form.figures):
            what = f"the figure '{added.figure}' stands in this file; write its accounts there"
            checks.problems.add(spot, what)
            return
        first = self._first_amounts.get(added.figure)
        if first and first.owner == draft.slug:
            self._take_amount(checks, added.figure, added, spot)
            return
        known = [slug for slug, amount in self._first_amounts.items() if amount.owner == draft.slug]
        near = guess(added.figure, known)
        what = f"no earlier volume has a figure '{added.figure}' of {draft.slug}{near}"
        checks.problems.add(spot, what)

    def _take_amount(
        self, checks: AccountChecks, slug: str, form: FigureAccountForm, spot: Spot
    ) -> None:
        citations = form.value.citations
        checks.citations(citations, spot, f"an account of '{slug}'")
        account = PackAmount(
            form.value.plain,
            form.qualifier or "",
            checks.problems.placed(spot),
            citations,
            checks.number,
        )
        listed = self.of_figures.setdefault(slug, [self._first_amounts[slug]])
        if any(other.words == account.words for other in listed):
            what = f"two accounts of '{slug}' say {account.words}; cite both sources in one"
            checks.problems.add(spot, what)
        if len(listed) > MOST_ACCOUNTS:
            checks.problems.add(spot, f"'{slug}' has more than {MOST_ACCOUNTS} other accounts")
            return
        listed.append(account)

    def _take(
        self,
        checks: AccountChecks,
        name: EventId,
        form: AccountForm,
        front: Filed[Any],
        path: tuple[int | str, ...],
    ) -> None:
        spot, problems = front.spot(*path), checks.problems
        if form.when:
            checks.plausible(form.when.bounds.possible, front.spot(*path, "when"))
        place = form.place.plain if form.place else None
        if place is not None:
            checks.known_place(place, front.spot(*path, "place"))
        citations = _citations_of(form.when, form.place)
        checks.citations(citations, spot, f"this account of '{name.key}'")
        account = PackAccount(form.when, place, problems.placed(spot), citations, checks.number)
        listed = self.of.setdefault(name, [self._first[name]])
        same = next((other for other in listed if account.says_the_same(other)), None)
        if same:
            what = f"this account says what {same.spot} says; cite its source there"
            problems.add(spot, what)
        if len(listed) > MOST_ACCOUNTS:
            problems.add(spot, f"'{name.key}' has more than {MOST_ACCOUNTS} other accounts")
            return
        listed.append(account)
        merged = merged_accounts(listed)
        events = checks.told.events
        events[name] = replace(events[name], text=merged.text, bounds=merged.bounds)


def _citations_of(*parts: When | Cited | None) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(cite for part in parts if part for cite in part.citations))


def merged_accounts(accounts: Iterable[PackAccount]) -> Merged:
    """What is common to the accounts of an event.

    Args:
        accounts: at least one gives a date.
    """
    listed = list(accounts)
    dates = [account.when for account in listed if account.when]
    places = {account.place for account in listed if account.place}
    bounds = Bounds.hull(date.bounds for date in dates)
    return Merged(
        side_by_side(date.text for date in dates),
        _common_edtf([date.edtf for date in dates], bounds),
        "; ".join(dict.fromkeys(date.inferred for date in dates if date.inferred)),
        bounds,
        places.pop() if len(places) == 1 else None,
    )


def side_by_side(words: Iterable[str]) -> str:
    """What several accounts say, on one line: `1999 or 1996`."""
    text = " or ".join(dict.fromkeys(words))
    if len(text) > LONGEST_LINE:
        return f"{text[: LONGEST_LINE - 1]}\N{HORIZONTAL ELLIPSIS}"
    return text


def _common_edtf(edtfs: Iterable[str], bounds: Bounds) -> str:
    """One of several dates in EDTF; where that cannot be said, the stretch they lie in."""
    every = list(dict.fromkeys(edtfs))
    if len(every) == 1:
        return every[0]
    one_of = f"[{','.join(edtf.strip('[]') for edtf in every)}]"
    try:
        if len(one_of) <= LONGEST_EDTF and bounds_of(one_of) == bounds:
            return one_of
    except DateError:
        pass  # an interval, which cannot stand in a set
    if bounds.is_moment:
        return _one_of(*bounds.possible)
    return f"{_one_of(*bounds[:2])}/{_one_of(*bounds[2:])}"


def _one_of(first: int | None, last: int | None) -> str:
    """Some day of a stretch, in EDTF; `..` where neither end is known."""
    if first is None and last is None:
        return ".."
    return f"[{iso_day(first) or ''}..{iso_day(last) or ''}]"
