"""The shipped book tells the orders that its sources tell, and says what follows from them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from casebook.book.connection import Book, open_book
from casebook.dates import TimeOrder
from casebook.document import with_citations
from casebook.timeline import timeline_of
from casebook.timeline.documents import timeline_document
from casebook.timeline.verdicts import verdict
from tests.conftest import SHIPPED_BOOK, Ran

TOLD, READ = "as told", "as the book reads it"
EIGHT = [
    ("hiyoshi-ya/web-sales", "hiyoshi-ya/lamp", TOLD),
    ("nosaku/design-exchange", "nosaku/exports", TOLD),
    ("asiro-gentian-alliance/start", "asiro-gentian-alliance/joint-venture", TOLD),
    ("hamamatsu/lost-orders", "hamamatsu-cooperative/founding", TOLD),
    (
        "takaoka-italy-design-exchange/application",
        "takaoka-italy-design-exchange/exchange",
        TOLD,
    ),
    ("local-to-local/start", "regional-industry-tie-up/launch", TOLD),
    ("west-java-industrial-complex/empty", "west-java-industrial-complex/taken", TOLD),
    ("local-industrial-districts/boom", "resort-towns/collapse", TOLD),
]


@pytest.fixture(scope="module")
def book() -> Book:
    return open_book(SHIPPED_BOOK)


@pytest.mark.parametrize(("first", "second", "basis"), EIGHT)
def test_the_order_of_the_eight_pairs(first: str, second: str, basis: str, book: Book) -> None:
    """Each list has the two in order, says on whose word, and does not call it unknown."""
    chart = timeline_of(
        book, sorted({first.split("/", maxsplit=1)[0], second.split("/", maxsplit=1)[0]})
    )
    keys = ["/".join(item.event.id) for item in chart.items]
    at, after = keys.index(first), keys.index(second)
    assert at < after
    earlier, later = (chart.items[number].event for number in (at, after))
    found = verdict(later, earlier, chart.told)
    assert found.order is TimeOrder.TOLD
    assert not found.is_first
    assert all(line.citations for line in found.chain)
    block = timeline_document(chart, by_lane=False).blocks[after + 1]
    words = with_citations(block.text, chart.sources)
    said = re.search(rf"After {re.escape(earlier.short)}(?: \([^)]*\))*, ([a-z ]+) \[", words)
    assert said, words
    assert said[1] == basis
    unknown = re.search(r"TimeOrder not known against ([0-9, -]+)", words)
    assert str(at + 1) not in (numbers_in(unknown[1]) if unknown else [])


def numbers_in(words: str) -> list[str]:
    """`1, 3-5` as its numbers."""
    spans = [part.partition("-") for part in words.split(", ")]
    return [
        str(number)
        for first, _, last in spans
        for number in range(int(first), int(last or first) + 1)
    ]


@pytest.mark.parametrize("slug", ["charmyfood", "isbc"])
def test_a_presentation_before_a_talk_does_not_come_after_it(
    slug: str, casebook: Callable[..., Ran]
) -> None:
    said = " ".join(casebook("timeline", slug).out.split())
    assert (
        "Not before 9 Aug 2010, since it came at most 7 days before Mitsui's talk (ISBC),"
        " no date given (not before 16 Aug 2010), as the book reads it"
        " [inferred from Mitsui 2010 ¶4]" in said
    )
    assert "after Mitsui's talk" not in said


def test_decades_before_a_month_are_told_by_the_month(casebook: Callable[..., Ran]) -> None:
    said = " ".join(casebook("timeline", "ldp").out.split())
    assert (
        "Begun not after Sep 1959, since it came at least 50 years before Election of 2009"
        " (Democratic Party's manifesto of 2009), which came before Hatoyama government"
        " (Democratic Party's manifesto of 2009), September 2009 [Mitsui 2010 ¶27-28]" in said
    )


def test_no_chain_cites_a_place_twice(casebook: Callable[..., Ran]) -> None:
    said = " ".join(casebook("timeline", "--all").out.split())
    reasons = re.findall(r", since [^\[]*\[([^\]]*)\]", said)
    assert len(reasons) > 20
    for cited in reasons:
        places = [
            (group.removeprefix("inferred from ").split(" ¶")[0], number)
            for group in cited.split("; ")
            if "¶" in group
            for part in group.partition("¶")[2].split(", ")
            for number in numbers_in(part)
        ]
        assert len(places) == len(set(places)), cited
        whole = [group for group in cited.split("; ") if "¶" not in group]
        assert len(whole) == len(set(whole)), cited
        inferred = [group.startswith("inferred") for group in cited.split("; ")]
        assert inferred == sorted(inferred), cited


def test_an_order_that_rests_on_inference_alone_is_not_told(casebook: Callable[..., Ran]) -> None:
    for words in re.split(r"(?<=[.\]]) ", " ".join(casebook("timeline", "--all").out.split())):
        if ", as told [" in words:
            assert "[inferred" not in words.partition(", as told ")[2].partition("]")[0], words
