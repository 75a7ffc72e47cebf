"""Writes the events of a book, their told order, and all accounts, in the forms of a pack."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casebook.book.account_values import AccountLine, AmountLine
from casebook.book.entry_parts import OutcomeAccount
from casebook.book.page_values import EventLine, FigureLine, Page
from casebook.book.rating_values import AssessmentLine, RatingAccount
from casebook.citations import Citation
from casebook.pack.citations import pandoc_group

Yaml = dict[str, Any]


def cited(words: str, citations: Iterable[Citation]) -> str:
    """Words followed by their citations, as a pack writes them."""
    group = tuple(citations)
    return f"{words} {pandoc_group(group)}".strip() if group else words


def written_date(words: str, edtf: str, inferred: str, citations: Iterable[Citation] = ()) -> Yaml:
    """A date: the words with their citations, its EDTF and how it was inferred."""
    return {"text": cited(words, citations), "edtf": edtf, "inferred": inferred}


def written_event(event: EventLine) -> Yaml:
    """An event with what is told of it and the accounts that its own volume gives."""
    own = next((account for account in event.accounts if account.is_own), event)
    return {
        "key": event.key,
        "what": cited(event.label, event.citations),
        "short": None if event.short.endswith("\N{HORIZONTAL ELLIPSIS}") else event.short,
        "when": written_date(own.date_text, own.edtf, own.inferred_from),
        "kind": event.kind.value,
        "place": own.place.slug if own.place else None,
        "with": [
            {"entry": participant.entry.slug, "as": participant.role}
            for participant in event.participants
        ]
        or None,
        "accounts": [
            _account(account)
            for account in event.accounts
            if not account.is_own and account.volume == event.volume
        ]
        or None,
        **_told(event),
    }


def _account(account: AccountLine) -> Yaml:
    """An account; all that it rests on stands behind its date, or else behind its place."""
    place, dated = account.place, account.bounds is not None
    return {
        "when": written_date(
            account.date_text, account.edtf, account.inferred_from, account.citations
        )
        if dated
        else None,
        "place": cited(place.slug, () if dated else account.citations) if place else None,
    }


def written_amounts(figure: FigureLine) -> list[Yaml]:
    """The accounts of a figure that its own volume gives."""
    return [
        _amount(account)
        for account in figure.accounts
        if not account.is_own and account.volume == figure.volume
    ]


def _amount(account: AmountLine) -> Yaml:
    return {"value": cited(account.value, account.citations), "qualifier": account.qualifier}


def written_accounts(page: Page) -> list[Yaml] | None:
    """The accounts that a volume gives of what others say."""
    found = [{"event": event.key} | _account(account) for event, account in page.added_accounts]
    found += [{"figure": figure.slug} | _amount(amount) for figure, amount in page.added_amounts]
    found += [{"point": _point(line)} | _rating(rating) for line, rating in page.added_ratings]
    found += [{"outcome": written_outcome(outcome)} for outcome in page.added_outcomes]
    return found or None


def _point(line: AssessmentLine) -> str:
    return f"{line.framework} {line.key}"


def _rating(account: RatingAccount) -> Yaml:
    return {
        "rating": account.rating.value,
        "evidence": cited(account.evidence, account.citations),
    }


def written_rating(line: AssessmentLine) -> Yaml:
    """What a rating's own volume says first of a point."""
    own = next((account for account in line.accounts if account.is_own), None)
    if own:
        said = _rating(own)
    else:
        said = {"rating": line.rating.value, "evidence": cited(line.evidence, line.citations)}
    return {"point": _point(line)} | said


def written_ratings(line: AssessmentLine) -> list[Yaml]:
    """The accounts of a rating that its own volume gives."""
    return [
        _rating(account)
        for account in line.accounts
        if not account.is_own and account.volume in ("", line.volume)
    ]


def written_outcome(account: OutcomeAccount) -> str:
    """An account of an outcome: `failed: it closed [@city2019, para. 3]`."""
    return cited(": ".join(filter(None, (account.outcome, account.note))), account.citations)


def written_outcomes(page: Page) -> list[Yaml] | None:
    """The accounts of an entry's outcome that its own volume gives."""
    found = [
        {"outcome": written_outcome(account)}
        for account in page.entry.outcome_accounts
        if not account.is_own and account.volume in ("", page.entry.volume)
    ]
    return found or None


def _told(event: EventLine) -> dict[str, list[Yaml]]:
    """What is told of an event, in a list for each relation."""
    found: dict[str, list[Yaml]] = {}
    for line in event.told:
        is_own = line.other.entry.slug == event.entry.slug
        other = line.other.key if is_own else f"{line.other.entry.slug}/{line.other.key}"
        by = {"text": line.distance, "least": line.least, "most": line.most}
        said: Yaml = {"event": other, "says": cited(line.words, line.citations)}
        found.setdefault(line.relation.value, []).append(said | ({"by": by} if by["text"] else {}))
    return found
