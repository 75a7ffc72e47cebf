"""What a person types finds what they mean."""

from __future__ import annotations

import sqlite3
import string
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebook import anchors
from casebook.book import lists, pages
from casebook.book.connection import Book, open_book
from casebook.book.filters import EntryFilter
from casebook.book.sources import source_page, sources
from casebook.errors import BookError
from casebook.pack.build import build_book
from casebook.page_documents import whole_page
from casebook.search.fields import PIECES
from casebook.search.finder import search
from casebook.search.hits import SearchResult, Why
from casebook.source_documents import glossary_document, source_document
from casebook.vocabulary import Kind
from tests.conftest import SHIPPED_BOOK, SMALL_PACK


@pytest.fixture(scope="module")
def shipped() -> Iterator[Book]:
    with open_book(SHIPPED_BOOK) as book:
        yield book


@pytest.fixture
def small(small_book: Path) -> Iterator[Book]:
    with open_book(small_book) as book:
        yield book


def slugs(answer: SearchResult) -> list[str]:
    return [hit.slug for hit in answer.hits]


@pytest.mark.parametrize(
    ("typed", "first", "why"),
    [
        ("nosaku", "nosaku", Why.TITLE),
        ("NOUSAKU", "nosaku", Why.TITLE),
        ("能作", "nosaku", Why.ALIAS),
        ("nosauk", "nosaku", Why.TITLE),
        ("nsaku", "nosaku", Why.TITLE),
        ("nosakku", "nosaku", Why.TITLE),
        ("mosaku", "nosaku", Why.TITLE),
        ("ユニクロ", "uniqlo", Why.ALIAS),
        ("ﾕﾆｸﾛ", "uniqlo", Why.ALIAS),
        ("First Retailing", "uniqlo", Why.ALIAS),
        ("uniqo", "uniqlo", Why.TITLE),
        ("日吉", "hiyoshi-ya", Why.ALIAS),
        ("hiyoshiya", "hiyoshi-ya", Why.TITLE),
        ("hiyoshi ya", "hiyoshi-ya", Why.TITLE),
        ("hiyosiya", "hiyoshi-ya", Why.TITLE),
        ("ya hiyoshi", "hiyoshi-ya", Why.TITLE),
        ("gentain", "asiro-gentian-alliance", Why.TERM),
        ("Ashiro", "asiro", Why.TITLE),
        ("renonw", "renown", Why.TITLE),
        ("katsuji", "nosaku", Why.PERSON),
        ("wind bells", "nosaku", Why.PASSAGE),
    ],
)
def test_the_first_hit(shipped: Book, typed: str, first: str, why: Why) -> None:
    answer = search(shipped, typed)
    assert (answer.hits[0].slug, answer.hits[0].why) == (first, why)


@pytest.mark.parametrize(
    "typed", ["asirro new zeland", "new zeland asirro", "asiro zealand gentain"]
)
def test_a_query_that_mixes_things(shipped: Book, typed: str) -> None:
    assert "asiro-gentian-alliance" in slugs(search(shipped, typed))[:2]


def test_every_title_finds_itself_and_so_does_each_typo(shipped: Book) -> None:
    titles = [(row[0], row[1]) for row in shipped.ask("SELECT slug, title FROM entry")]
    for slug, title in titles:
        assert slugs(search(shipped, title))[0] == slug
        middle = len(title) // 2
        swapped = f"{title[:middle]}{title[middle + 1]}{title[middle]}{title[middle + 2 :]}"
        for typo in (title[:middle] + title[middle + 1 :], swapped):
            if len(title) > 5:
                assert slug in slugs(search(shipped, typo))[:5], typo


def test_typing_a_title_finds_it_at_every_letter_from_the_fourth(shipped: Book) -> None:
    for end in range(4, len("Hiyoshi-ya") + 1):
        assert slugs(search(shipped, "Hiyoshi-ya"[:end]))[0] == "hiyoshi-ya"


def test_a_place_and_what_lies_in_it(small: Book) -> None:
    answer = search(small, "高岡")
    assert ("nosaku", Why.PLACE, "高岡") in {(h.slug, h.why, h.text) for h in answer.hits}
    assert "nosaku" in slugs(search(small, "Japan"))


def test_passages_and_events_say_where_they_stand(shipped: Book) -> None:
    hit = search(shipped, "breeding company red rindo 2005").hits[0]
    assert hit.slug in ("asiro-gentian-alliance", "red-rindo-breeding-company")
    sorts = {hit.anchor.partition(":")[0] for hit in search(shipped, "wind bells").hits}
    assert sorts <= {"passage", "event", "point", "person", "figure", "section", "top"}


def test_where_a_text_was_found_is_on_its_page(shipped: Book) -> None:
    """Every text of every entry that a query can hit has an anchor that its page has."""
    slugs: dict[int, str] = dict(shipped.ask("SELECT id, slug FROM entry"))
    found: dict[str, set[str]] = defaultdict(set)
    for source in PIECES:
        for key, words, *place in shipped.ask(source.sql.format(entries="SELECT id FROM entry")):
            assert words
            found[slugs[key]].add(source.anchor(*place))
    assert sum(anchor.startswith("event:") for places in found.values() for anchor in places) > 100
    for slug, places in found.items():
        page = whole_page(pages.page(shipped, slug))
        missing = [anchor for anchor in places if page.index_of(anchor) is None]
        assert not missing, slug


def test_a_hit_on_an_event_is_found_on_its_page(small: Book) -> None:
    hit = next(hit for hit in search(small, "wind-bell sells").hits if hit.why is Why.EVENT)
    assert hit.anchor == "event:nosaku bell"
    page = whole_page(pages.page(small, hit.slug))
    at = page.index_of(hit.anchor)
    assert at is not None
    assert "A wind-bell sells" in page.blocks[at].text.plain


def test_people_and_cited_paragraphs_and_terms_have_their_places(shipped: Book) -> None:
    hit = next(hit for hit in search(shipped, "Katsuji Nosaku").hits if hit.why is Why.PERSON)
    assert whole_page(pages.page(shipped, hit.slug)).index_of(hit.anchor) is not None
    every = lists.terms(shipped)
    glossary = glossary_document(every, {})
    assert all(glossary.index_of(anchors.term(term.slug)) is not None for term in every)
    for source in sources(shipped):
        document = source_document(source_page(shipped, source.slug))
        cited = shipped.ask(
            "SELECT DISTINCT p.number FROM cited_paragraph AS p JOIN source AS s"
            " ON s.id = p.source_id WHERE s.slug = ?",
            [source.slug],
        )
        assert all(document.index_of(anchors.paragraph(number)) is not None for (number,) in cited)


def test_highlights_lie_on_the_words(shipped: Book) -> None:
    hit = search(shipped, "wind bells").hits[0]
    assert [hit.text[start:end] for start, end in hit.spans] == ["wind", "bell"]
    hit = search(shipped, "hiyoshiya").hits[0]
    assert [hit.text[start:end] for start, end in hit.spans] == ["Hiyoshi-ya"]
    hit = search(shipped, "gentain").hits[0]
    assert [hit.text[start:end] for start, end in hit.spans] == ["gentian"]


def test_teaching_notes_are_never_found(small: Book) -> None:
    assert search(small, "secretteachingword").hits == ()


def test_nothing_found_tells_what_was_closest(shipped: Book) -> None:
    answer = search(shipped, "xqzjw")
    assert answer.hits == ()
    near = search(shipped, "hamamtsu kooprtve xx")
    assert "hamamatsu-cooperative" in slugs(near) or "hamamatsu-cooperative" in {
        hit.slug for hit in near.closest
    }


@pytest.mark.parametrize("typed", ["zzzz", "zz", "qqqq", "aaaa", "jjj"])
def test_letters_that_no_name_could_have_find_nothing(typed: str, shipped: Book) -> None:
    """The skeleton of `zzzz` is that of `j`; it found whatever begins with J."""
    assert search(shipped, typed).hits == ()


def test_what_is_only_similar_is_marked_and_comes_last(shipped: Book) -> None:
    answer = search(shipped, "kyoto")
    assert [hit.is_similar for hit in answer.hits] == sorted(hit.is_similar for hit in answer.hits)
    told = {hit.slug: hit.is_similar for hit in answer.hits}
    assert told["hiyoshi-ya"] is False
    assert told["kyodo"] is True
    assert "Did you mean" not in " ".join(answer.hints)


@pytest.mark.parametrize("typed", ["gentain", "renwon", "nosaku takaokka"])
def test_where_all_is_guessed_the_answer_says_so(typed: str, shipped: Book) -> None:
    answer = search(shipped, typed)
    assert answer.hits
    assert all(hit.is_similar for hit in answer.hits)
    assert any("Did you mean" in hint or "read as" in hint for hint in answer.hints)


@pytest.mark.parametrize(
    "typed",
    [
        "nosa",
        "hiyoshiya",
        "Hiyoshi ya",
        "ashiro",
        "\u3042\u3057\u308d",
        "zealand asiro",
        "\u65e5\u5409",
    ],
)
def test_another_way_to_write_a_name_is_no_guess(typed: str, shipped: Book) -> None:
    answer = search(shipped, typed)
    assert answer.hits[0].is_similar is False
    assert "Did you mean" not in " ".join(answer.hints)


def test_a_misspelt_word_of_the_text_is_read_as_the_nearest(shipped: Book) -> None:
    answer = search(shipped, "umbrelas lmaps")
    assert answer.hits
    assert any("read as" in hint for hint in answer.hints)


# Filters


def kinds(answer: SearchResult) -> set[Kind]:
    return {hit.kind for hit in answer.hits}


def test_filters_alone_and_with_words(shipped: Book) -> None:
    assert kinds(search(shipped, "kind:firm")) == {Kind.FIRM}
    assert slugs(search(shipped, "kind:firm outcome:failed volume:niches")) == ["renown"]
    assert slugs(search(shipped, "KIND:firms renown"))[:2] == ["renown", "uniqlo"]
    assert "nosaku" not in slugs(search(shipped, "takaoka -kind:firm"))
    assert {"hiyoshi-ya", "nosaku"} & set(slugs(search(shipped, "country:jp kind:firm")))
    assert slugs(search(shipped, 'country:"new zealand"')) == slugs(search(shipped, "country:NZ"))


def test_the_same_filter_twice_allows_either(shipped: Book) -> None:
    assert kinds(search(shipped, "kind:firm kind:region")) == {Kind.FIRM, Kind.REGION}
    assert kinds(search(shipped, "kind:firm outcome:success")) == {Kind.FIRM}


def test_an_industry_by_its_code_or_its_label(shipped: Book) -> None:
    found = slugs(search(shipped, "industry:24"))
    assert "nosaku" in found
    for slug in found:
        industries = pages.page(shipped, slug).entry.setting.industries
        assert any(industry.code.startswith("24") for industry in industries)
    assert "nosaku" in slugs(search(shipped, "industry:casting"))
    assert any("it takes an ISIC code" in hint for hint in search(shipped, "industry:zz").hints)


def test_ratings(small: Book) -> None:
    assert slugs(search(small, "met:a")) == ["nosaku"]
    assert slugs(search(small, "not-met:a")) == []
    assert "nosaku" not in slugs(search(small, "silent:a"))
    assert "takaoka" in slugs(search(small, "silent:a"))
    assert slugs(search(small, "met:checklist.a")) == ["nosaku"]


def test_dates_certainly_and_possibly(small: Book) -> None:
    assert "nosaku" in slugs(search(small, "in:1990s"))
    assert "nosaku" in slugs(search(small, "in:1997 kind:firm"))
    assert "nosaku" in slugs(search(small, "in:1950"))
    assert "nosaku" not in slugs(search(small, "in:1940s"))


def test_a_vague_date_is_only_possibly_in_one_year(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    page = SMALL_PACK["firms/nosaku.md"]
    start, end = page.index("  years:"), page.index("outcome:")
    pack = write_pack({"firms/nosaku.md": page[:start] + page[end:]})
    build_book(pack, tmp_path / "b.sqlite")
    with open_book(tmp_path / "b.sqlite") as book:
        assert "nosaku" in slugs(search(book, "in:1997"))
        assert "nosaku" not in slugs(search(book, "certainly-in:1997"))
        assert "nosaku" in slugs(search(book, "certainly-in:late-1990s"))


def test_by_whom(shipped: Book) -> None:
    assert "asiro-gentian-alliance" in slugs(search(shipped, "by:JETRO"))
    assert slugs(search(shipped, "by:jetrro")) == slugs(search(shipped, "by:JETRO"))


def test_phrases_and_words_left_out(shipped: Book) -> None:
    assert slugs(search(shipped, '"wind bells"')) == ["nosaku"]
    assert slugs(search(shipped, '"bells wind"')) == []
    assert slugs(search(shipped, '"wind bells')) == ["nosaku"]
    by_name = search(shipped, '"gentian alliance"').hits[0]
    assert (by_name.slug, by_name.why) == ("asiro-gentian-alliance", Why.TITLE)
    assert "asiro-gentian-alliance" not in slugs(search(shipped, '"alliance gentian"'))
    every = slugs(search(shipped, "gentian"))
    without = slugs(search(shipped, "gentian -chile"))
    assert set(without) < set(every)
    assert "asiro-gentian-alliance" not in without


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("kind:", "kind: takes alliance, firm"),
        ("kind:dog nosaku", "kind:dog is left out; it takes"),
        ("kin:firm renown", "kin: is not a filter; read as kind:"),
        ("in:sometime", "it takes a year or a period"),
        ("met:zz", "it takes a point"),
        ("country:atlantis", "this book has"),
        ("by:xqzjw", "nobody in this book has that name"),
    ],
)
def test_a_malformed_filter_gets_a_hint(shipped: Book, typed: str, hint: str) -> None:
    assert any(hint in sentence for sentence in search(shipped, typed).hints)


def test_the_shelfs_filter_holds_beside(shipped: Book) -> None:
    answer = search(shipped, "gentian", chosen=EntryFilter(kinds=(Kind.REGION,)))
    assert kinds(answer) == {Kind.REGION}


# Anything is a query

NASTY = [
    "", " ", "\0", '"', "'", '""', "-", "--", "-\"", ":", "a:", ":a", "*", "a*", "(", ")", "AND",
    "NOT", "OR OR", "NEAR(", "title:apple", "C++", "a-b", "x:y", "O'Brien", "%", "_", "\\", "\ud800",
    "a" * 10_000, "a " * 5_000, "日" * 10_000, "kind:" * 500, "-" * 10_000, "\u202e", "[@click=x]",
    "met:", "in:9999-01-01..0001", "in:0000", "by:\"", "é\u0301\u0301\u0301", "🏮", "ー", "ﾞ",
]  # fmt: skip


@pytest.mark.parametrize("typed", NASTY)
def test_anything_typed_is_safe(shipped: Book, typed: str) -> None:
    answer = search(shipped, typed)
    for hit in (*answer.hits, *answer.closest):
        assert all(0 <= start < end <= len(hit.text) for start, end in hit.spans)


_PARTS = st.sampled_from(
    ["kind:", "in:", "met:", "by:", "-", '"', " ", "nosaku", "1990s", "日吉", "ー", "(", "*", "'"]
)
_TYPED = st.lists(st.one_of(_PARTS, st.text(max_size=6)), max_size=8).map("".join)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_TYPED)
def test_any_text_is_a_query(shipped: Book, typed: str) -> None:
    answer = search(shipped, typed, 10)
    assert len(answer.hits) <= 10
    assert len(set(slugs(answer))) == len(answer.hits)
    scores = [hit.score for hit in answer.hits]
    assert all(0 <= score <= 100 for score in scores)
    for hit in (*answer.hits, *answer.closest):
        for text, spans in ((hit.text, hit.spans), (hit.title, hit.title_spans)):
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all(before[1] < after[0] for before, after in pairwise(spans))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["Hiyoshi-ya", "Nosaku", "Hamamatsu cooperative association (unnamed)"]),
    st.data(),
)
def test_one_fault_anywhere_is_forgiven(shipped: Book, title: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(title) - 2))
    letter = data.draw(st.sampled_from(string.ascii_lowercase))
    typo = data.draw(
        st.sampled_from(
            [
                title[:at] + title[at + 1 :],
                title[:at] + letter + title[at:],
                title[:at] + letter + title[at + 1 :],
                title[:at] + title[at + 1] + title[at] + title[at + 2 :],
            ]
        )
    )
    expected = {row[0] for row in shipped.ask("SELECT slug FROM entry WHERE title = ?", [title])}
    assert expected & set(slugs(search(shipped, typo))[:5]), typo


def test_the_same_query_gives_the_same_hits(shipped: Book) -> None:
    for typed in ("gentian", "market", "japan"):
        assert search(shipped, typed) == search(shipped, typed)


def test_a_book_without_entries_is_searched(tmp_path: Path) -> None:
    pack = tmp_path / "empty"
    pack.mkdir()
    (pack / "book.yaml").write_text(SMALL_PACK["book.yaml"], encoding="utf-8")
    (pack / "sources.json").write_text("[]", encoding="utf-8")
    (pack / "places.yaml").write_text("places: []\n", encoding="utf-8")
    build_book(pack, tmp_path / "e.sqlite")
    with open_book(tmp_path / "e.sqlite") as book:
        assert search(book, "anything") == SearchResult("anything")


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE find_gram SET names = x'09ffffffff'",
        "UPDATE find_gram SET names = 'text'",
        "UPDATE find_gram SET many = 'many'",
        "UPDATE find_name SET field = 99",
        "UPDATE find_name SET owner = 4000000",
        "UPDATE find_name SET text = x'ff00', skeleton = 7",
        "UPDATE find_shared SET entries = x'01'",
        "UPDATE find_text_data SET block = x'00'",
        "DELETE FROM find_text_data",
        "DELETE FROM find_name",
        "UPDATE event SET label = x'ff', date_text = 5",
        "UPDATE passage SET text = x'80'",
    ],
)
def test_a_damaged_index_is_survived(small_book: Path, tmp_path: Path, damage: str) -> None:
    copy = tmp_path / "damaged.sqlite"
    copy.write_bytes(small_book.read_bytes())
    with sqlite3.connect(copy, isolation_level=None) as connection:
        connection.execute(damage)
    connection.close()
    with open_book(copy) as book:
        for typed in ("nosaku", "wind bell", "japan", "rindo", "xqzj", "-bell", "by:growers"):
            try:
                answer = search(book, typed)
            except BookError as error:
                assert "could not be read" in error.message
            else:
                assert all(hit.slug for hit in answer.hits)
