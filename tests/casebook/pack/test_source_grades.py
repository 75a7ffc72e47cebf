"""What a reader judges a source by: its grade, how much of it was read, when and where."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import open_book
from casebook.book.entries import all_lines, slugs
from casebook.book.filters import FACETS, EntryFilter, facets, words_of
from casebook.book.pages import page
from casebook.book.sources import sources_by_slug
from casebook.pack.build import build_book, build_volumes
from casebook.pack.unpacked import write_pack as unpack
from casebook.pack.volumes import check_packs
from casebook.source_grades import Extent, Grade
from tests.conftest import SMALL_PACK, Ran, rows_of, write_files
from tests.volume_packs import MORE

Run = Callable[..., Ran]

WORK = "https://example.org/work"
COPY = "https://copies.example.com/of-work.pdf"


def _sources(**of_m: Any) -> str:
    """The sources of the small pack, with keys added to the one that was read."""
    first, second = json.loads(SMALL_PACK["sources.json"])
    custom = first["custom"] | of_m.pop("custom", {})
    return json.dumps([first | of_m | {"custom": custom}, second])


GRADED = _sources(
    URL=WORK,
    accessed={"date-parts": [[2026, 11, 5]]},
    custom={"grade": "B", "read": "in part", "read_at": COPY},
)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of two volumes: of the first the source is graded B, of the second A."""
    folder = tmp_path_factory.mktemp("graded")
    later = json.loads(MORE["sources.json"])
    later[0]["custom"] |= {"grade": "A", "read": "whole"}
    packs = [
        write_files(folder / "small", {**SMALL_PACK, "sources.json": GRADED}),
        write_files(folder / "more", {**MORE, "sources.json": json.dumps(later)}),
    ]
    build_volumes(packs, folder / "book.sqlite")
    return folder / "book.sqlite"


def test_a_source_keeps_what_it_is_judged_by(graded: Path) -> None:
    with open_book(graded) as book:
        found = sources_by_slug(book, ["m", "n", "x"])
    m, n, x = found["m"], found["n"], found["x"]
    assert (m.grade, m.extent, m.accessed, m.address) == (Grade.B, Extent.PART, "2026-11-05", COPY)
    assert (n.grade, n.extent, n.accessed, n.address) == (Grade.A, Extent.WHOLE, "", "")
    assert (x.grade, x.extent, x.accessed, x.address) == (None, None, "", "")


def test_unpacked_it_is_the_same(graded: Path, tmp_path: Path) -> None:
    with open_book(graded) as book:
        unpack(book, tmp_path / "packs")
    build_volumes(
        [tmp_path / "packs" / "small", tmp_path / "packs" / "more"], tmp_path / "b.sqlite"
    )
    assert rows_of(tmp_path / "b.sqlite") == rows_of(graded)
    assert (tmp_path / "b.sqlite").read_bytes() == graded.read_bytes()
    build_book(tmp_path / "packs" / "small", tmp_path / "below.sqlite")
    on = tmp_path / "on.sqlite"
    build_volumes([tmp_path / "packs" / "more"], on, on=tmp_path / "below.sqlite")
    assert on.read_bytes() == graded.read_bytes()
    (m, _) = json.loads((tmp_path / "packs" / "small" / "sources.json").read_text("utf-8"))
    assert m["URL"] == WORK
    assert m["custom"]["read_at"] == COPY


def test_the_address_of_the_work_is_where_it_was_read_unless_a_copy_was(tmp_path: Path) -> None:
    pack = write_files(tmp_path / "pack", {**SMALL_PACK, "sources.json": _sources(URL=WORK)})
    build_book(pack, tmp_path / "b.sqlite")
    with open_book(tmp_path / "b.sqlite") as book:
        assert sources_by_slug(book, ["m"])["m"].address == WORK
        unpack(book, tmp_path / "again")
    assert "read_at" not in (tmp_path / "again" / "sources.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("faulty", "words"),
    [
        (_sources(custom={"grade": "D"}), "item m: custom.grade: Input should be 'A', 'B' or 'C'"),
        (
            _sources(custom={"read": "partly"}),
            "item m: custom.read: Input should be 'whole' or 'in part'",
        ),
        (
            _sources(custom={"read_at": "javascript:alert(1)"}),
            "item m: custom.read_at: must be an address that begins with https:// or http://",
        ),
        (
            _sources(custom={"read": "whole", "cited": "There [@m, para. 3]"}),
            "item m: custom: a work with 'cited' was not read; leave out 'read' and 'read_at'",
        ),
        (
            _sources(accessed={"date-parts": [[2026, 11, 31]]}),
            "item m: accessed: there is no day '2026-11-31'; write [[2026, 11, 21]]",
        ),
        (
            _sources(accessed={"date-parts": [["soon"]]}),
            "item m: accessed: there is no day 'soon'; write [[2026, 11, 21]]",
        ),
    ],
)
def test_what_cannot_be_is_told_with_its_line(faulty: str, words: str, tmp_path: Path) -> None:
    text = faulty.replace('{"id"', '\n{"id"')
    problems, _ = check_packs([write_files(tmp_path / "p", {**SMALL_PACK, "sources.json": text})])
    told = [str(problem) for problem in problems.in_order()]
    assert told == [f"sources.json:2: {words}"]


@pytest.mark.parametrize(
    ("accessed", "shown"),
    [
        ({"date-parts": [[2026]]}, "2026"),
        ({"date-parts": [["2026", "3"]]}, "2026-03"),
        ({"date-parts": [[2026, 3, 1], [2026, 3, 4]]}, "2026-03-01/2026-03-04"),
        ({"raw": "in March"}, "in March"),
        ({"literal": "some day"}, "some day"),
    ],
)
def test_the_day_as_programs_write_it(accessed: Any, shown: str, tmp_path: Path) -> None:
    pack = write_files(tmp_path / "p", {**SMALL_PACK, "sources.json": _sources(accessed=accessed)})
    build_book(pack, tmp_path / "b.sqlite")
    with open_book(tmp_path / "b.sqlite") as book:
        assert sources_by_slug(book, ["m"])["m"].accessed == shown


def test_the_grades_of_an_entry_are_those_of_its_page(graded: Path) -> None:
    with open_book(graded) as book:
        for line in all_lines(book):
            held = {source.grade for source in page(book, line.slug).sources.values()}
            for grades in ("A", "B", "C", "AB", "AC", "ABC"):
                only = line.slug in slugs(book, EntryFilter(only=(grades,)))
                has = line.slug in slugs(book, EntryFilter(has=(grades,)))
                assert only is (bool(held) and held <= set(grades)), (line.slug, grades)
                assert has is bool(held & set(grades)), (line.slug, grades)


def test_lists_and_searches_are_narrowed_by_grades(graded: Path, casebook: Run) -> None:
    def listed(*options: str) -> set[str]:
        ran = casebook("list", *options, "--json", "--book", graded)
        return {entry["slug"] for entry in json.loads(ran.out)}

    def found(query: str) -> set[str]:
        ran = casebook("search", "--json", "--book", graded, "--", query)
        return {hit["slug"] for hit in json.loads(ran.out)["hits"]}

    both, one = {"nosaku", "founder", "growers"}, {"takaoka"}
    assert listed("--only", "B") == found("only:B") == one
    assert listed("--only", "A,b") == found("only:ab") == both | one
    assert listed("--has", "A") == found("has:A") == both
    assert found("-has:A kind:region") == one
    assert listed("--only", "B", "--kind", "firm") == set()
    # The same filter twice widens; others narrow.
    assert listed("--only", "A", "--only", "B") == one
    assert listed("--has", "A", "--has", "B") == both | one
    assert listed("--has", "B", "--only", "B") == one
    for words in ("only:D", "has:AD"):
        ran = casebook("search", "--book", graded, words)
        assert f"{words} is left out; it takes grades that" in ran.err
    ran = casebook("list", "--only", "D", "--book", graded)
    assert ran.code == 1
    assert "There is no grade of sources 'D'; grades are A, B, C" in ran.err


def test_the_library_offers_grades_where_sources_have_them(graded: Path, small_book: Path) -> None:
    with open_book(graded) as book:
        found = facets(book, EntryFilter(only=("B",)))
        assert [(one.value, one.label, one.entries, one.is_chosen) for one in found["only"]] == [
            ("AB", "A or B", 4, False), ("B", "B", 1, True),
        ]  # fmt: skip
        assert [(one.value, one.entries) for one in found["has"]] == [("AB", 1)]
        words = words_of(book, EntryFilter(only=("AB",), has=("A",)))
        assert words == "all sources of grade A or B; at least one source of grade A"
    with open_book(small_book) as book:
        assert {facet for facet in FACETS if facets(book)[facet]} == {
            "kinds", "outcomes", "countries", "industries",
        }  # fmt: skip


def test_commands_tell_what_a_source_is_worth(graded: Path, casebook: Run) -> None:
    told = casebook("sources", "m", "--book", graded).out
    assert "Grade     B (press, firm or association)" in told
    assert "Read      in part" in told
    assert "Accessed  2026-11-05" in told
    assert COPY in told
    assert (
        "Grade B, read in part, accessed 2026-11-05."
        in casebook("show", "nosaku", "--book", graded).out
    )
    keys = {"grade": "B", "read": "in part", "accessed": "2026-11-05", "address": COPY}
    source = json.loads(casebook("sources", "m", "--json", "--book", graded).out)
    (listed, *_) = json.loads(casebook("sources", "--json", "--book", graded).out)
    shown = json.loads(casebook("show", "nosaku", "--json", "--book", graded).out)
    (on_page,) = [one for one in shown["sources"] if one["id"] == "m"]
    for answer in (source, listed, on_page):
        assert keys.items() <= answer.items()


def test_references_for_other_programs_stay_clean(graded: Path, casebook: Run) -> None:
    for form in ("csl-json", "bibtex", "ris"):
        told = casebook("export", "references", "nosaku", "--format", form, "--book", graded)
        assert told.code == 0, told
        assert WORK in told.out
        for words in (COPY, "in part", "custom", "rade"):
            assert words not in told.out, form
