"""What the first volume of the shipped book says."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from casebook.book import entries, lists, pages
from casebook.book.connection import Book, open_book
from casebook.book.events import events_of
from casebook.book.figures import all_figures
from casebook.book.page_values import Page
from casebook.dates import TimeOrder, first_day_of
from casebook.text import Block
from casebook.timeline.verdicts import verdict
from casebook.vocabulary import Kind, Outcome, Rating
from tests.conftest import SHIPPED_PACK

PARAGRAPHS = {"kyodo2012": 15, "kawai2012": 6, "mitsui2010": 111}


@pytest.fixture(scope="module")
def book(first_volume: Path) -> Book:
    return open_book(first_volume)


@pytest.fixture(scope="module")
def every_page(book: Book) -> dict[str, Page]:
    return {line.slug: pages.page(book, line.slug) for line in entries.all_lines(book)}


def test_every_citation_names_an_existing_paragraph(first_volume: Path) -> None:
    with sqlite3.connect(first_volume) as connection:
        rows = connection.execute(
            "SELECT s.slug, c.locator FROM citation AS c JOIN source AS s ON s.id = c.source_id"
        ).fetchall()
    assert len(rows) > 800
    for slug, locator in rows:
        assert slug in PARAGRAPHS
        numbers = [int(number) for number in re.findall(r"\d+", locator)]
        assert locator.startswith("para")
        assert numbers
        assert max(numbers) <= PARAGRAPHS[slug]


def test_every_paragraph_has_its_gist(first_volume: Path) -> None:
    with sqlite3.connect(first_volume) as connection:
        rows = connection.execute(
            "SELECT s.slug, count(*), max(p.number) FROM paragraph AS p"
            " JOIN source AS s ON s.id = p.source_id GROUP BY s.slug"
        ).fetchall()
    assert {slug: (count, last) for slug, count, last in rows} == {
        slug: (count, count) for slug, count in PARAGRAPHS.items()
    }


def test_every_paragraph_that_tells_something_is_cited(first_volume: Path) -> None:
    with sqlite3.connect(first_volume) as connection:
        rows = connection.execute(
            "SELECT s.slug, cp.number FROM cited_paragraph AS cp"
            " JOIN source AS s ON s.id = cp.source_id"
        ).fetchall()
    cited = {slug: {number for one, number in rows if one == slug} for slug in PARAGRAPHS}
    assert cited["kyodo2012"] == set(range(1, 16))
    assert cited["kawai2012"] == set(range(1, 7))
    # Titles and headings tell nothing of their own.
    headings = {1, 6, 11, 23, 34, 41, 48, 59, 70, 89}
    assert set(range(1, 112)) - cited["mitsui2010"] <= headings


def test_the_cases(every_page: dict[str, Page]) -> None:
    kinds = Counter(page.entry.kind for page in every_page.values())
    assert kinds[Kind.ALLIANCE] == 5
    assert kinds[Kind.FIRM] == 17
    assert kinds[Kind.REGION] == 13
    for page in every_page.values():
        if page.entry.kind.is_case:
            assert page.entry.outcome is not None
    assert every_page["renown"].entry.outcome is Outcome.FAILED
    unnamed = {slug for slug, page in every_page.items() if page.entry.is_unnamed}
    assert {"hamamatsu-cooperative", "aichi-steam-drying-venture"} <= unnamed


def test_an_honest_matrix_is_mostly_silent(book: Book, every_page: dict[str, Page]) -> None:
    checklist = lists.framework(book, "success-checklist")
    points = [point.key for point in checklist.criteria if point.depth == 0]
    assert points == list("abcdefgh")
    cases = [page for page in every_page.values() if page.entry.kind.is_case]
    rated = [
        (page.entry.slug, one.key, one.rating)
        for page in cases
        for one in page.assessments
        if one.framework == "success-checklist" and one.key in points
    ]
    assert len(rated) < len(cases) * len(points) / 3
    ratings = {(slug, key): rating for slug, key, rating in rated}
    assert [key for slug, key in ratings if slug == "renown"] == []
    assert ratings["asiro-gentian-alliance", "f"] is Rating.MET
    assert ratings["aichi-steam-drying-venture", "c"] is Rating.NOT_MET
    assert ("nosaku", "e") not in ratings


def test_the_frameworks_are_in_their_order(book: Book) -> None:
    checklist = lists.framework(book, "success-checklist")
    assert [point.key for point in checklist.criteria] == [
        "a", "b", "b1", "b2", "b3", "b4", "b5", "c", "d", "e", "f", "g", "h", "h1",
    ]  # fmt: skip
    cited = {point.key: point.citations[0].paragraphs for point in checklist.criteria}
    assert cited["b1"] == (80, 81)
    assert sorted(cited["b3"]) == [77, 80]
    conditions = lists.framework(book, "alliance-conditions")
    assert [point.key for point in conditions.criteria] == list("abcde")
    stages = lists.framework(book, "alliance-stages")
    assert [point.key for point in stages.criteria] == list("1234")


def test_the_asiro_sequence(every_page: dict[str, Page]) -> None:
    events = {event.key: event for event in every_page["asiro-gentian-alliance"].own_events}
    assert events["joint-venture"].bounds.iso()[:2] == ("1995-01-01", "1999-12-31")
    assert events["european-exports"].bounds.iso()[:2] == ("2000-01-01", "2004-12-31")
    assert events["chilean-production"].edtf == "2003"
    assert events["breeding-company"].edtf == "2005"
    lanes = {key: event.lane for key, event in events.items()}
    assert lanes["start"] == "Asiro, Iwate"
    assert lanes["joint-venture"] == "New Zealand"
    assert lanes["european-exports"] == "Netherlands and Europe"
    assert lanes["chilean-production"] == "Chile and America"
    assert not events["joint-venture"].inferred
    assert events["start"].inferred


def test_the_charter(every_page: dict[str, Page]) -> None:
    events = {event.key: event for event in every_page["charter-for-smes"].own_events}
    assert events["approval"].bounds.iso() == ("2010-06-18",) * 4


def test_a_slip_of_the_source_stands_beside_the_right_name(every_page: dict[str, Page]) -> None:
    aliases = {alias.text: alias for alias in every_page["uniqlo"].entry.aliases}
    assert aliases["First Retailing"].kind == "source spelling"
    assert aliases["First Retailing"].citations
    assert "Fast Retailing" in aliases


def test_easily_confused_figures_say_what_they_are_not(book: Book) -> None:
    figures = {figure.slug: figure for figure in all_figures(book)}
    two_hundreds = [figure for figure in figures.values() if figure.value == "200"]
    assert len(two_hundreds) == 4
    for figure in two_hundreds:
        assert figure.not_to_confuse
    assert figures["china-cars"].kind == "forecast"
    assert figures["china-rich"].kind == "supposed"


MAIN_CASES = (
    "asiro-gentian-alliance",
    "nosaku",
    "hiyoshi-ya",
    "uniqlo",
    "renown",
    "charmyfood",
    "hamamatsu-cooperative",
    "aichi-steam-drying-venture",
    "takaoka-italy-design-exchange",
)


@pytest.mark.parametrize("slug", MAIN_CASES)
def test_a_main_case_can_be_taught_from(every_page: dict[str, Page], slug: str) -> None:
    page = every_page[slug]
    headings = [one.text.plain for one in page.passages if one.block is Block.HEADING]
    assert headings[0] == "The decision"
    assert 3 <= len(page.questions) <= 5
    note = page.teaching
    assert note is not None
    assert page.teaching_notes == ()
    # Every question has its answer, which cites paragraphs and names points or has none to name.
    assert sorted(one.question for one in note.answers) == list(range(len(page.questions)))
    assert all(question.key for question in page.questions)
    assert all(one.answer.citations for one in note.answers)
    if note.taught_with is not None:
        note = every_page[note.taught_with.slug].teaching
        assert note is not None
    elif slug != "renown":
        assert page.exhibits
    assert note.synopsis.citations
    assert 3 <= len(note.objectives) <= 4
    assert note.minutes in (50, 75)
    assert note.not_known


def test_what_a_source_calls_now_has_an_open_end(every_page: dict[str, Page]) -> None:
    present = {"now", "so far", "for a decade", "for more than a decade", "in these 10 years"}
    events = [event for page in every_page.values() for event in page.own_events]
    found = [event for event in events if event.date_text in present]
    assert {event.date_text for event in found} == present
    assert [event.key for event in found if not event.bounds.unended] == []


def test_a_reported_purchase_is_not_a_purchase(every_page: dict[str, Page]) -> None:
    assert [one.role for one in every_page["renown"].relations if "acquire" in one.role] == []
    assert [
        one.role for one in every_page["renowns-buyer"].relations if "acquire" in one.role
    ] == []


def test_no_two_pages_say_the_same(every_page: dict[str, Page]) -> None:
    bodies = Counter(
        tuple(one.text.plain for one in page.passages[1:]) for page in every_page.values()
    )
    assert [body for body, count in bodies.items() if count > 1] == []


def test_no_two_laws_share_a_label(every_page: dict[str, Page]) -> None:
    labels = Counter(
        event.label
        for page in every_page.values()
        for event in page.own_events
        if event.entry.kind is Kind.PROGRAMME
    )
    assert [label for label, count in labels.items() if count > 1] == []


def test_a_contest_is_rated_where_its_source_allows_it(every_page: dict[str, Page]) -> None:
    ratings = {one.key: one.rating for one in every_page["b-1-grand-prix"].assessments}
    assert ratings == {"b": Rating.MET, "c": Rating.PARTLY}


def test_the_sources_say_what_is_inferred_of_them() -> None:
    items = json.loads((SHIPPED_PACK / "sources.json").read_text(encoding="utf-8"))
    by_id = {item["id"]: item for item in items}
    for slug, count in PARAGRAPHS.items():
        assert by_id[slug]["custom"]["paragraphs"] == count
        assert (
            "inferred" in by_id[slug]["custom"]["note"]
            or "Undated" in by_id[slug]["custom"]["note"]
        )
    assert len(items) == 33


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("hiyoshi-ya/web-sales", "hiyoshi-ya/lamp"),
        ("hiyoshi-ya/lamp", "hiyoshi-ya/global-sales"),
        ("hiyoshi-ya/new-head", "hiyoshi-ya/change-of-view"),
        ("nosaku/design-exchange", "nosaku/exports"),
        ("nosaku/self-discovery", "nosaku/wind-bell"),
        ("asiro-gentian-alliance/start", "asiro-gentian-alliance/joint-venture"),
        ("takaoka-italy-design-exchange/application", "takaoka-italy-design-exchange/exchange"),
        ("aichi-steam-drying-venture/founding", "aichi-steam-drying-venture/support"),
        ("hamamatsu/lost-orders", "hamamatsu-cooperative/founding"),
    ],
)
def test_what_sources_tell_of_the_order_is_told(first: str, second: str, book: Book) -> None:
    lines, told = events_of(book)
    event = {"/".join(line.id): line for line in lines}
    found = verdict(event[second], event[first], told)
    assert found.order is TimeOrder.TOLD
    assert not found.is_first
    assert all(line.citations for line in found.chain)
    assert lines.index(event[first]) < lines.index(event[second])


def test_no_bound_is_stated_that_told_order_gives(book: Book) -> None:
    """The dates of what is only told stay open, and the bounds follow with their reasons."""
    event = {"/".join(line.id): line for line in events_of(book).lines}
    support = event["hiyoshi-ya/support"]
    assert support.edtf == "[..2010]"
    assert support.known.earliest_begin == first_day_of(2004)
    assert [line.other.id for line in support.reasons[0].told] == [("japan-brand", "launch")]


def test_no_figure_is_called_measured_without_a_survey(book: Book) -> None:
    figures = all_figures(book)
    assert [
        figure.slug for figure in figures if figure.kind == "measured" and not figure.survey
    ] == []
    assert sum(figure.kind == "stated" for figure in figures) > 20
