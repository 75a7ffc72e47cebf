"""Books of several volumes as they are read: lists, pages, exports."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from casebook.book import filters
from casebook.book.connection import open_book
from casebook.book.filters import EntryFilter
from tests.conftest import Ran
from tests.volume_packs import build_three


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of three volumes."""
    return build_three(tmp_path_factory.mktemp("volumes"))


def test_show_puts_what_is_added_below_a_rule(
    three: Path, small_book: Path, casebook: Callable[..., Ran]
) -> None:
    alone = casebook("show", "nosaku", "--book", small_book).out
    shown = casebook("show", "nosaku", "--book", three).out
    before, more, own = shown.split("Added by ")
    assert before.rstrip("\n ─") == alone.split("\nSources\n")[0].rstrip()
    assert before.rstrip().endswith("─" * 80)
    assert more.startswith("More cases\n")
    for words in ("Since then", "Exhibit 3", "b Products: not met", "Another bell", "9 people"):
        assert words in more
        assert words not in before + own
    assert "2. And then?" in more
    assert own.startswith("My seminar\n")
    assert "3. What would you do?" in own
    assert "Later" in own.split("\nSources\n")[1]


def test_json_says_which_volume_says_what(three: Path, casebook: Callable[..., Ran]) -> None:
    page = json.loads(casebook("show", "nosaku", "--book", three, "--json").out)
    assert page["volume"] == "small"
    assert page["added_by"] == ["more", "own"]
    assert {event["key"]: event["volume"] for event in page["events"]} == {
        "bell": "small",
        "visit": "more",
        "second-bell": "more",
    }
    for part in ("passages", "relations", "figures", "assessments", "exhibits"):
        assert {said["volume"] for said in page[part]} >= {"more"}, part
    assert page["passages"][-1]["volume"] == "own"
    listed = json.loads(casebook("list", "--book", three, "--json").out)
    assert {entry["slug"]: entry["volume"] for entry in listed}["founder"] == "more"
    compared = json.loads(casebook("compare", "nosaku", "founder", "--book", three, "--json").out)
    said = {row["criterion"]: row["cells"][0].get("volume") for row in compared["rows"]}
    assert said == {"a": "small", "b": "more"}


def test_a_book_of_one_volume_says_it_once(small_book: Path, casebook: Callable[..., Ran]) -> None:
    page = json.loads(casebook("show", "nosaku", "--book", small_book, "--json").out)
    assert (page["volume"], page["added_by"]) == ("small", [])
    assert not any("volume" in event for event in page["events"])


def test_a_handout_puts_what_is_added_below_its_title(
    three: Path, tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    out = tmp_path / "handout.md"
    done = casebook("export", "handout", "nosaku", "-o", out, "--book", three)
    assert done.code == 0, done.err
    text = out.read_text(encoding="utf-8")
    cases, questions = text.split("## Questions for discussion")
    own, more = cases.split("#### Added by More cases", 1)
    assert "More bells were cast" not in own
    assert "More bells were cast" in more
    assert "Exhibit 3." in more
    assert "Events: Nosaku, added by More cases" in more
    assert "As seen by us" in more.split("#### Added by My seminar", 1)[1]
    asked = [line for line in questions.splitlines() if line.strip()]
    assert asked[:6] == [
        "### Nosaku",
        "1. Why bells?",
        "#### Added by More cases",
        "2. And then?",
        "#### Added by My seminar",
        "3. What would you do?",
    ]


@pytest.mark.parametrize(
    ("command", "found"),
    [
        (["list", "--volume", "more"], ["founder"]),
        (["list", "--volume", "More cases", "--kind", "region"], []),
        (["list", "--volume", "more", "--volume", "small"], 4),
        (["search", "bells", "--volume", "more"], ["founder"]),
        (["search", "volume:more"], ["founder"]),
        (["search", "volume:more volume:small kind:firm"], ["nosaku", "founder"]),
        (["search", "--", "-volume:small"], ["founder"]),
    ],
)
def test_lists_and_search_are_narrowed_by_volume(
    command: list[str], found: list[str] | int, three: Path, casebook: Callable[..., Ran]
) -> None:
    done = casebook(command[0], "--book", three, "--json", *command[1:])
    assert done.code == 0, done.err
    answer = json.loads(done.out)
    slugs = [entry["slug"] for entry in (answer if command[0] == "list" else answer["hits"])]
    assert (len(slugs) if isinstance(found, int) else sorted(slugs)) == (
        found if isinstance(found, int) else sorted(found)
    )


def test_comparisons_timelines_maps_and_exports_are_narrowed_by_volume(
    three: Path, tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    def answer(*command: str) -> str:
        done = casebook(*command, "--book", three)
        assert done.code == 0, done.err
        return done.out

    compared = json.loads(answer("compare", "--volume", "small", "--json"))
    assert [entry["slug"] for entry in compared["entries"]] == ["nosaku", "takaoka"]
    compared = json.loads(answer("compare", "nosaku", "founder", "--volume", "more", "--json"))
    assert [entry["slug"] for entry in compared["entries"]] == ["founder"]
    told = json.loads(answer("timeline", "--volume", "more", "--json"))
    assert [entry["slug"] for entry in told["entries"]] == ["founder"]
    drawn = json.loads(answer("map", "--volume", "more", "--json"))
    assert [entry["slug"] for entry in drawn["entries"]] == ["founder"]
    assert "Founder of bells" in answer("export", "handout", "--volume", "more")
    assert answer("export", "references", "--volume", "more", "--style", "book").count("\n") == 2
    rows = answer("export", "table", "--volume", "more")
    assert "Founder of bells" in rows
    assert "Nosaku" not in rows.splitlines()[0]
    assert len(rows.splitlines()) == 2


def test_a_volume_that_is_not_there_is_told_with_those_that_are(
    three: Path, casebook: Callable[..., Ran]
) -> None:
    done = casebook("list", "--volume", "mor", "--book", three)
    assert done.code == 1, done.err
    assert "There is no volume 'mor' in this book; it has small, more, own." in done.err
    done = casebook("compare", "nosaku", "--volume", "more", "--book", three)
    assert "None of these entries is of the volume more." in done.err
    hint = casebook("search", "volume:x bells", "--book", three).err
    assert "volume:x is left out; it takes a volume of the book" in hint
    done = casebook("compare", "--book", three)
    assert done.code == 2
    assert "--volume" in done.err


def test_volumes_are_a_facet_where_there_are_several(three: Path, small_book: Path) -> None:
    with open_book(three) as book:
        found = filters.facets(book)["volumes"]
        assert [(value.value, value.label, value.entries) for value in found] == [
            ("small", "A small book", 3),
            ("more", "More cases", 1),
        ]
        assert filters.words_of(book, EntryFilter(volumes=("more",))) == "in More cases"
    with open_book(small_book) as book:
        assert filters.facets(book)["volumes"] == []


def test_nothing_is_lost_where_a_damaged_book_does_not_say_who_says_it(
    three: Path, tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    book = tmp_path / "damaged.sqlite"
    shutil.copy(three, book)
    with closing(sqlite3.connect(book)) as connection:
        connection.execute("UPDATE statement SET volume_id = 99")
        connection.execute("UPDATE question SET volume_id = 99")
        connection.execute("UPDATE entry SET volume_id = 99 WHERE slug = 'founder'")
        connection.commit()
    shown = casebook("show", "nosaku", "--book", book).out
    for words in ("A foundry in Takaoka", "More bells were cast", "A wind-bell sells", "And then?"):
        assert words in shown
    listed = json.loads(casebook("list", "--book", book, "--json").out)
    assert {entry["volume"] for entry in listed} == {"small"}
