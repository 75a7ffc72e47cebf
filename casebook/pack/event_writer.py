"""Writes the events of a book and their told order, and accounts, in the forms of a pack."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casebook.book.account_values import AccountLine, AmountLine
from casebook.book.page_values import EventLine, FigureLine, Page
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
    """The accounts that a volume gives of events and figures of others."""
    found = [{"event": event.key} | _account(one) for event, one in page.added_accounts]
    found += [{"figure": figure.slug} | _amount(one) for figure, one in page.added_amounts]
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
