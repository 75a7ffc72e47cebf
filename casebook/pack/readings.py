"""Readings in a pack: what several sources say of a rating, or of how an entry has fared."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeVar

from casebook.citations import Citation
from casebook.limits import LONGEST_TEXT
from casebook.pack.account_forms import AddedRatingAccountForm, OutcomeAccountForm
from casebook.pack.form_values import Cited
from casebook.pack.forms import AdditionForm, EntryForm, guess
from casebook.pack.problems import Problems, Spot
from casebook.pack.reader import Draft
from casebook.vocabulary import GivenRating, Outcome


class ReadingChecks(Protocol):
    """What is known of a volume and those below it, and the checks that are shared."""

    @property
    def problems(self) -> Problems: ...
    @property
    def number(self) -> int: ...
    @property
    def added_to(self) -> Set[str]: ...

    def citations(
        self, citations: Iterable[Citation], spot: Spot, what: str, *, needed: bool = True
    ) -> None: ...


class PointName(NamedTuple):
    """A point on which an entry is rated: `success-checklist a`."""

    entry: str
    point: str


@dataclass(frozen=True, slots=True)
class PackRating:
    """What one source says of an entry on a point.

    Attributes:
        words: its evidence.
        citations: none for the first, which rests on what the assessment is cited for.
        volume: the number of the volume that says it.
    """

    word: GivenRating
    words: str
    spot: Spot
    citations: tuple[Citation, ...] = ()
    volume: int = 1


@dataclass(frozen=True, slots=True)
class PackOutcome:
    """What one source says of how an entry has fared; the attributes are those of `PackRating`."""

    word: Outcome
    words: str
    spot: Spot
    citations: tuple[Citation, ...] = ()
    volume: int = 1


_Reading = TypeVar("_Reading", PackRating, PackOutcome)


@dataclass(slots=True)
class Readings:
    """Gathers the accounts of ratings and outcomes, volume by volume.

    Attributes:
        of_ratings: of each rating that has several, its own account first.
        of_outcomes: likewise of the outcome of each entry, by slug.
    """

    of_ratings: dict[PointName, list[PackRating]] = field(default_factory=dict)
    of_outcomes: dict[str, list[PackOutcome]] = field(default_factory=dict)
    _first_ratings: dict[PointName, PackRating] = field(default_factory=dict)
    _first_outcomes: dict[str, PackOutcome] = field(default_factory=dict)

    def take(self, checks: ReadingChecks, draft: Draft) -> None:
        """Checks and takes the accounts that a file gives, once its ratings have been checked."""
        front, form = draft.front, draft.front.form
        is_added_to = draft.slug in checks.added_to
        for number, assessment in enumerate(form.assessments):
            name = PointName(draft.slug, assessment.point)
            if assessment.accounts or is_added_to:
                spot = checks.problems.placed(front.spot("assessments", number, "rating"))
                first = PackRating(
                    assessment.rating, assessment.evidence.plain, spot, volume=checks.number
                )
                self._first_ratings.setdefault(name, first)
            for at, account in enumerate(assessment.accounts):
                spot = front.spot("assessments", number, "accounts", at)
                self._take_rating(checks, name, account.rating, account.evidence, spot)
        if isinstance(form, EntryForm):
            self._take_own_outcomes(checks, draft, form)
        elif isinstance(form, AdditionForm):
            for at, added in enumerate(form.accounts):
                spot = front.spot("accounts", at)
                if isinstance(added, AddedRatingAccountForm):
                    self._take_added_rating(checks, draft, added, spot)
                elif isinstance(added, OutcomeAccountForm):
                    self._take_added_outcome(checks, draft.slug, added, spot)

    def _take_own_outcomes(self, checks: ReadingChecks, draft: Draft, form: EntryForm) -> None:
        front = draft.front
        if form.outcome and (form.accounts or draft.slug in checks.added_to):
            first = _outcome(form.outcome)
            if first:
                spot = checks.problems.placed(front.spot("outcome"))
                self._first_outcomes.setdefault(
                    draft.slug, PackOutcome(*first, spot, volume=checks.number)
                )
        for at, account in enumerate(form.accounts):
            spot = front.spot("accounts", at)
            if form.outcome is None:
                checks.problems.add(spot, "there is no 'outcome' here that this could contradict")
            else:
                self._take_outcome(checks, draft.slug, account.outcome, spot)

    def _take_added_rating(
        self, checks: ReadingChecks, draft: Draft, added: AddedRatingAccountForm, spot: Spot
    ) -> None:
        name = PointName(draft.slug, added.point)
        if any(assessment.point == added.point for assessment in draft.front.form.assessments):
            what = f"the rating of '{added.point}' stands in this file; write its accounts there"
            checks.problems.add(spot, what)
        elif name in self._first_ratings:
            self._take_rating(checks, name, added.rating, added.evidence, spot)
        else:
            known = [rating.point for rating in self._first_ratings if rating.entry == draft.slug]
            near = guess(added.point, known)
            what = f"no earlier volume rates {draft.slug} on '{added.point}'{near}"
            checks.problems.add(spot, what)

    def _take_added_outcome(
        self, checks: ReadingChecks, slug: str, added: OutcomeAccountForm, spot: Spot
    ) -> None:
        if slug in self._first_outcomes:
            self._take_outcome(checks, slug, added.outcome, spot)
        else:
            checks.problems.add(spot, f"no earlier volume gives an outcome of {slug}")

    def _take_rating(
        self,
        checks: ReadingChecks,
        name: PointName,
        rating: GivenRating,
        evidence: Cited,
        spot: Spot,
    ) -> None:
        if not evidence.plain:
            checks.problems.add(spot, f"rating '{rating}' has no evidence")
        checks.citations(evidence.citations, spot, f"this account of '{name.point}'")
        placed = checks.problems.placed(spot)
        account = PackRating(rating, evidence.plain, placed, evidence.citations, checks.number)
        listed = self.of_ratings.setdefault(name, [self._first_ratings[name]])
        _add(checks, listed, account, name.point)

    def _take_outcome(self, checks: ReadingChecks, slug: str, said: Cited, spot: Spot) -> None:
        checks.citations(said.citations, spot, "this account of the outcome")
        found = _outcome(said)
        if found is None:
            word = said.plain.partition(":")[0].strip()
            tell_unknown_outcome(checks.problems, spot, word)
            return
        if slug not in self._first_outcomes:
            return  # what is wrong with the outcome itself has been told
        placed = checks.problems.placed(spot)
        account = PackOutcome(*found, placed, said.citations, checks.number)
        listed = self.of_outcomes.setdefault(slug, [self._first_outcomes[slug]])
        _add(checks, listed, account, "outcome")


def _add(checks: ReadingChecks, listed: list[_Reading], account: _Reading, name: str) -> None:
    """Takes an account, unless another says the same."""
    if any(other.word == account.word for other in listed):
        what = f"two accounts of '{name}' say {account.word.value}; cite both sources in one"
        checks.problems.add(account.spot, what)
    else:
        listed.append(account)


def outcome_parts(cited: Cited) -> tuple[str, str]:
    """An outcome's word and the reason behind its colon."""
    word, _, reason = cited.plain.partition(":")
    return word.strip(), reason.strip()


def tell_unknown_outcome(problems: Problems, spot: Spot, word: str) -> None:
    """Says of a word that it is no outcome."""
    problems.add(spot, f"outcome '{word}' is not known; use {', '.join(Outcome)}, then ': why'")


def _outcome(cited: Cited) -> tuple[Outcome, str] | None:
    word, reason = outcome_parts(cited)
    return (Outcome(word), reason) if word in tuple(Outcome) else None


def common_words(readings: Iterable[PackRating | PackOutcome]) -> str:
    """What several accounts say, side by side: `met: …; not met: …`."""
    words = "; ".join(
        ": ".join(filter(None, (reading.word.value, reading.words))) for reading in readings
    )
    if len(words) > LONGEST_TEXT:
        return f"{words[: LONGEST_TEXT - 1]}\N{HORIZONTAL ELLIPSIS}"
    return words
