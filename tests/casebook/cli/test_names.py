"""Entries by their titles, and lists that fit the line without cutting a name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer.main
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from casebook.book.connection import Book, open_book
from casebook.book.entries import slugs
from casebook.cli.commands import app
from casebook.errors import NotFoundError
from casebook.renderings.columns import columns
from casebook.search.naming import entry_named, source_named
from tests.conftest import SHIPPED_BOOK, Ran

CALLS: dict[str, list[str]] = {
    "show": ["show", "NAME"],
    "compare": ["compare", "NAME"],
    "timeline": ["timeline", "NAME"],
    "map": ["map", "NAME", "--format", "list"],
    "patterns": ["patterns", "NAME", "renown", "--points", "b,c"],
    "quiz": ["quiz", "NAME", "--score"],
    "cite": ["cite", "NAME", "--style", "book"],
    "export handout": ["export", "handout", "NAME", "--style", "book"],
    "export references": ["export", "references", "NAME", "--style", "book"],
    "export table": ["export", "table", "NAME"],
    "notes add": ["notes", "add", "NAME", "Words"],
    "notes bookmark": ["notes", "bookmark", "NAME"],
    "notes reading": ["notes", "reading", "NAME"],
    "notes tag": ["notes", "tag", "NAME", "brass"],
    "basket add": ["basket", "add", "NAME"],
}
"""Every command that is given an entry."""


def _commands(command: Any, name: str = "") -> dict[str, Any]:
    below = getattr(command, "commands", {})
    found = {} if below else {name.strip(): command}
    for word, one in below.items():
        found |= _commands(one, f"{name} {word}")
    return found


def test_every_command_that_is_given_an_entry_is_tried() -> None:
    every = _commands(typer.main.get_command(app))
    named = {"slug", "slugs", "address", "addresses"}
    asking = {n for n, c in every.items() if named & {str(p.name) for p in c.params}}
    assert asking - {"new"} == set(CALLS)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_an_entry_may_be_named_by_its_title(
    call: list[str], casebook: Callable[..., Ran], tmp_path: Path
) -> None:
    made = []
    for number, name in enumerate(("nosaku", "Nosaku", "能作")):
        place = ("--notebook", tmp_path / f"{number}.sqlite")
        words = [name if word == "NAME" else word for word in call]
        ran = casebook(*place, *words)
        assert ran.code == 0, ran.err
        made.append(re.sub(r"\b[0-9a-f]{8}\b", "UID", ran.out))
    assert len(set(made)) == 1


def test_a_slip_of_the_finger_gets_a_suggestion(casebook: Callable[..., Ran]) -> None:
    told = casebook("show", "asir").err
    assert "There is no entry 'asir' in this book. Did you mean asiro" in told
    assert " or " in told
    assert "Did you mean nosaku?" in casebook("cite", "nosaki").err


def test_a_guess_is_told_beside_the_output(casebook: Callable[..., Ran]) -> None:
    for typed in ("Asiro gentian aliance", "Asiro gentian"):
        ran = casebook("show", typed)
        assert ran.out == casebook("show", "asiro-gentian-alliance").out
        assert ran.err == f"casebook: '{typed}' was read as asiro-gentian-alliance.\n"
    for certain in ("NOSAKU", "Nôsaku", "能作"):
        assert casebook("cite", certain, "--style", "book").err == ""


@pytest.fixture(scope="module")
def shipped() -> Any:
    with open_book(SHIPPED_BOOK) as book:
        yield book


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("NOSAKU", "nosaku"),
        ("Nôsaku", "nosaku"),
        ("asiro gentian", "asiro-gentian-alliance"),
        ("Asiro Gentian Alliance", "asiro-gentian-alliance"),
        ("Hiyosiya", "hiyoshi-ya"),
    ],
)
def test_names_are_forgiven_their_spelling(shipped: Book, name: str, slug: str) -> None:
    assert entry_named(shipped, name).slug == slug


def test_every_slug_and_title_names_its_entry(shipped: Book) -> None:
    from casebook.book.entries import refs

    for slug, ref in refs(shipped, slugs(shipped)).items():
        assert entry_named(shipped, slug) == (slug, False)
        assert entry_named(shipped, ref.title) == (slug, False)


@pytest.mark.parametrize(
    "name", ["", " ", "#", "gentain", "nosa", "x" * 5000, "\x1b[31m", "' OR 1"]
)
def test_what_names_nothing_for_certain_is_refused(shipped: Book, name: str) -> None:
    with pytest.raises(NotFoundError) as failure:
        entry_named(shipped, name)
    assert failure.value.message.count("\n") == 0


def test_a_name_of_several_entries_names_them(shipped: Book) -> None:
    with pytest.raises(NotFoundError, match=r"'Japan' may mean \S+, .* or \S+; name one of them"):
        entry_named(shipped, "Japan")


def test_a_source_may_be_named_by_its_label(shipped: Book) -> None:
    assert source_named(shipped, "Mitsui 2010") == "mitsui2010"
    assert source_named(shipped, "mitsui2010") == "mitsui2010"
    with pytest.raises(NotFoundError, match="Did you mean mitsui2010"):
        source_named(shipped, "mitsui201")


# Lists


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_a_list_fits_the_line_and_cuts_no_name(casebook: Callable[..., Ran], width: int) -> None:
    with open_book(SHIPPED_BOOK) as book:
        every = slugs(book)
    lines = casebook("list", COLUMNS=str(width)).out.splitlines()
    assert [line.split("  ")[0] for line in lines] == every
    longest = max(map(cell_len, every))
    assert max(map(cell_len, lines)) <= max(width, longest)
    found = casebook("search", "gentian", COLUMNS=str(width)).out.splitlines()
    assert {line.split("  ")[0] for line in found} <= set(every)


def test_a_list_in_a_pipe_is_whole_unless_columns_says_how_wide(
    casebook: Callable[..., Ran],
) -> None:
    assert "…" not in casebook("list").out
    assert "…" in casebook("list", COLUMNS="80").out
    for nonsense in ("", "0", "x", "-5", "²", "9" * 400):
        assert "…" not in casebook("list", COLUMNS=nonsense).out


_CELLS = st.text(alphabet="abc漢é ", max_size=40)


@given(
    st.integers(1, 4).flatmap(
        lambda count: st.lists(
            st.lists(_CELLS, min_size=count, max_size=count), min_size=1, max_size=5
        )
    ),
    st.integers(20, 120),
    st.integers(0, 2),
)
def test_rows_of_any_words_fit(rows: list[list[str]], width: int, spare: int) -> None:
    spare = min(spare, len(rows[0]) - 1)
    for row, line in zip(rows, columns(rows, width, spare=spare), strict=True):
        assert line.startswith(row[0].rstrip())
        assert cell_len(line) <= max(width, cell_len(row[0]))
