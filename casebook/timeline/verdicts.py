"""Which of two events came first: by their dates, by what is told, or not to be known."""

from __future__ import annotations

from typing import NamedTuple

from casebook.account_words import OVER_ALL
from casebook.book.page_values import EventLine, ToldLine
from casebook.book.told import ToldLines
from casebook.dates import TimeOrder
from casebook.text import Text
from casebook.text_builder import TextBuilder
from casebook.timeline.elapsed import order_words
from casebook.told_relations import TimeRelation
from casebook.told_words import add_chain, basis_words, capital

_SEEN_FROM_THE_OTHER = {
    TimeRelation.AFTER: "before",
    TimeRelation.BEFORE: "after",
    TimeRelation.DURING: "begun no later than",
}


class Verdict(NamedTuple):
    """What is known of the order of one event and another.

    Attributes:
        order: of the first, as it stands to the other.
        chain: the statements that tell the order, from the event that began first; empty where
            the dates say it, or nothing does.
        is_first: the order is told, and the first of the two events began first.
    """

    order: TimeOrder
    chain: tuple[ToldLine, ...] = ()
    is_first: bool = False


def verdict(event: EventLine, other: EventLine, told: ToldLines) -> Verdict:
    """What is known of the order of two events: the dates come first, then what is told."""
    order = event.bounds.order(other.bounds)
    if order is not TimeOrder.UNKNOWN:
        return Verdict(order)
    if chain := told.chain(other, event):
        return Verdict(TimeOrder.TOLD, chain)
    if chain := told.chain(event, other):
        return Verdict(TimeOrder.TOLD, chain, is_first=True)
    return Verdict(event.known.order(other.known))


def verdict_text(event: EventLine, other: EventLine, told: ToldLines, lead: str = "") -> Text:
    """The verdict in words, as it is said of the first event: `certainly before`,
    `after the decision, as told [Mitsui 2010 \u00b661]`.

    Args:
        lead: words to begin with.
    """
    builder = TextBuilder().add(lead)
    found = verdict(event, other, told)
    if found.order is TimeOrder.TOLD:
        add_verdict(builder, event, other, found)
    else:
        over_all = event.is_over_accounts or other.is_over_accounts
        is_said = not over_all or OVER_ALL in lead
        builder.add(order_words(found.order)).add("" if is_said else f", {OVER_ALL}")
    return builder.text()


def add_verdict(
    builder: TextBuilder,
    event: EventLine,
    other: EventLine,
    found: Verdict,
    number: int = 0,
    *,
    as_sentence: bool = False,
) -> None:
    """Adds a told verdict, with the chain of statements where it takes several.

    Args:
        number: of the other event in a list, where it has one.
        as_sentence: with a capital.
    """
    place = f" ({number})" if number else ""
    basis = basis_words(found.chain)
    if len(found.chain) > 1:
        word = "before" if found.is_first else "after"
    else:
        (line,) = found.chain
        is_own = line.event.id == event.id
        word = line.relation.value if is_own else _SEEN_FROM_THE_OTHER[line.relation]
    builder.add(f"{capital(word) if as_sentence else word} {other.short}{place}, {basis}")
    if len(found.chain) > 1:
        builder.add(": ")
        add_chain(builder, found.chain, event.entry.slug)
    else:
        builder.cite(found.chain[0].citations)
