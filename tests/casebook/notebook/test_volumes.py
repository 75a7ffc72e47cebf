"""What is noted in one book is there in every other that has the same volume."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.pack.build import build_volumes
from tests.conftest import Ran
from tests.volume_packs import build_three


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of three volumes, beside the packs that it is made of."""
    return build_three(tmp_path_factory.mktemp("volumes"))


@pytest.fixture(scope="module")
def two(three: Path) -> Path:
    """A book of the lower two of them."""
    build_volumes([three.parent / "small", three.parent / "more"], three.parent / "two.sqlite")
    return three.parent / "two.sqlite"


def _listed(casebook: Callable[..., Ran], notebook: Path) -> list[dict[str, str]]:
    done = casebook("notes", "list", "--json", "--notebook", notebook)
    assert done.code == 0, done.err
    found: list[dict[str, str]] = json.loads(done.out)
    return found


def test_notes_follow_entries_by_volume(
    small_book: Path, two: Path, three: Path, tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    notebook = tmp_path / "notebook.sqlite"

    def run(book: Path, *words: str) -> Ran:
        done = casebook("notes", *words, "--book", book, "--notebook", notebook)
        assert done.code == 0, done.err
        return done

    run(small_book, "add", "nosaku", "From the first volume alone")
    run(two, "add", "founder", "From two", "--on", "passage:1")
    run(three, "tag", "founder", "closed")
    run(three, "bookmark", "growers")
    assert {(item["book"], item["entry"]) for item in _listed(casebook, notebook)} == {
        ("small", "nosaku"),
        ("more", "founder"),
        ("small", "growers"),
    }
    # A tag that was given in one book is that of the entry in the other.
    assert run(two, "tag", "founder", "--json").out.count("closed") == 1
    told = run(three, "export", "--format", "md").out
    assert "From the first volume alone" in told
    assert "iron" not in told
    for book, entries in ((small_book, 1), (three, 2)):
        exported = tmp_path / f"{book.stem}-{entries}"
        run(book, "export", "--format", "obsidian", "-o", str(exported))
        written = [path.read_text(encoding="utf-8") for path in exported.glob("*.md")]
        assert sum("\nkind:" in text for text in written) == entries + 1


def test_a_note_on_what_is_added_finds_it_in_another_book(
    two: Path, three: Path, tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    notebook = tmp_path / "notebook.sqlite"
    quote = "More bells were cast"
    done = casebook(
        "notes", "add", "nosaku", "Really?", "--quote", quote, "--book", two, "--notebook", notebook
    )
    assert done.code == 0, done.err
    (note,) = _listed(casebook, notebook)
    assert note["book"] == "small"
    uid = note["uid"]
    confirmed = casebook("notes", "confirm", uid, "--book", three, "--notebook", notebook)
    assert "have not changed" in confirmed.err


def test_reading_list_and_quiz_follow_entries_by_volume(
    two: Path, three: Path, tmp_path: Path
) -> None:
    """One list, one score and one count of a book, whatever volumes its entries are of."""
    from casebook.book.connection import open_book
    from casebook.book.volumes import volume_slugs_of
    from casebook.notebook import history, open_notebook, reading_list
    from casebook.notebook.progress import progress

    with open_notebook(tmp_path / "notebook.sqlite") as notebook:
        reading_list.set_listed(notebook, "small", "nosaku", "Nosaku")
        reading_list.set_listed(notebook, "more", "founder", "Founder of bells")
        history.set_read(notebook, "more", "founder", "Founder of bells", is_read=True)
        for path in (two, three):
            with open_book(path) as book:
                books = volume_slugs_of(book)
                found = progress(notebook, book)
                assert found is not None
                assert (found.entry, found.read, found.to_read) == ("nosaku", 1, 1)
                listed = reading_list.reading_list(notebook, *books)
                assert [one.entry for one in listed] == ["nosaku", "founder"]
        reading_list.put_in_order(notebook, books, ["founder", "nosaku"])
        listed = reading_list.reading_list(notebook, *books)
        assert [(one.book, one.entry) for one in listed] == [
            ("more", "founder"), ("small", "nosaku"),
        ]  # fmt: skip
