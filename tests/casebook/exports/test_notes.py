"""Notes as Markdown, as a vault, and a book as cards."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from casebook.book import pages
from casebook.book.connection import Book, open_book
from casebook.errors import CasebookError
from casebook.exports.cards import anki_text, cards
from casebook.exports.formats import NotebookFormat
from casebook.exports.notebook import write_notebook
from casebook.exports.notes import notes_markdown
from casebook.exports.vault import file_names, vault
from casebook.notebook import Notebook, NoteTarget, bookmarks, notes, open_notebook, predictions
from casebook.notebook.by_entry import EntryNotes
from casebook.notebook.targets import target_on
from casebook.page_documents import whole_page
from casebook.vocabulary import Rating
from tests.systems import is_private


@pytest.fixture
def book(small_book: Path) -> Iterator[Book]:
    with open_book(small_book) as opened:
        yield opened


@pytest.fixture
def notebook(book: Book, tmp_path: Path) -> Iterator[Notebook]:
    with open_notebook(tmp_path / "notebook.sqlite") as opened:
        page = pages.page(book, "nosaku")
        target = target_on("small", page, whole_page(page), "cast bells")
        assert target is not None
        notes.add(opened, target, "Like *our* town, see #craft")
        notes.add(opened, NoteTarget("small", "nosaku", "Nosaku"), "On the whole: good")
        notes.add(opened, NoteTarget("small", "gone", "A firm [that] went_away"), "Still here")
        bookmarks.set_tags(opened, "small", "nosaku", "Nosaku", ["two words"])
        bookmarks.toggle_bookmark(opened, "small", "takaoka", "Takaoka")
        predictions.predict(
            opened, "small", "nosaku", "Nosaku", "checklist", "a", Rating.MET, "Clear"
        )
        yield opened


def test_an_essay_gets_statement_citation_and_words(notebook: Notebook, book: Book) -> None:
    text = notes_markdown(notebook, book)
    assert "## Nosaku\n\n#two-words\n\nOn the whole: good\n" in text
    assert "> cast bells [Mitsui 2010, para. 9]\n\nLike *our* town, see #craft\n" in text
    assert "- Checklist, a Vision: **met**: Clear" in text
    assert "## A firm \\[that\\] went\\_away\n\nStill here" in text
    assert text.rstrip().endswith("- Mitsui, I. (2010). Niches.")


def test_an_essay_for_pandoc(notebook: Notebook, book: Book) -> None:
    text = notes_markdown(notebook, book, pandoc=True)
    assert "> cast bells [@m, para. 9]" in text
    assert "## References" not in text


def test_only_an_entry_or_a_tag(notebook: Notebook, book: Book) -> None:
    assert "Nosaku" not in notes_markdown(notebook, book, entry="gone")
    only = notes_markdown(notebook, book, tag="craft")
    assert "Like *our* town" in only
    assert "On the whole" not in only
    assert "On the whole" in notes_markdown(notebook, book, tag="two words")


def test_the_book_s_words_are_not_taken_for_markdown(book: Book, tmp_path: Path) -> None:
    with open_notebook(tmp_path / "n.sqlite") as notebook:
        title = "# <b>x</b> [a](javascript:b) `c` |"
        notes.add(
            notebook, NoteTarget("small", "x", title, "event:x y", None, "<script>\n# y"), "Words"
        )
        text = notes_markdown(notebook, book)
        html = MarkdownIt().render(text)
    assert "<script>" not in html
    assert "<b>" not in html
    assert "<a " not in html
    assert html.count("<h1>") == 1


def test_a_vault_has_a_file_an_entry_with_front_matter(notebook: Notebook, book: Book) -> None:
    files = vault(notebook, book)
    assert set(files) == {
        "nosaku.md", "takaoka.md", "gone.md", "notebook.md", "references.json",
    }  # fmt: skip
    _, front, body = files["nosaku.md"].split("---\n", 2)
    assert yaml.safe_load(front) == {
        "title": "Nosaku", "aliases": ["Nosaku"], "book": "small", "entry": "nosaku",
        "kind": "firm", "tags": ["two-words", "craft"], "bookmarked": False, "notes": 2,
        "bibliography": "references.json",
    }  # fmt: skip
    assert "[@m, para. 9]" in body
    assert "[[takaoka|Takaoka]] (bookmarked)" in files["notebook.md"]
    related = body[body.index("## Related") : body.index("## References")]
    assert "[[takaoka|Takaoka]]" in related
    assert "- @m: " in body[body.index("## References") :]
    assert [item["id"] for item in json.loads(files["references.json"])] == ["m"]


def test_names_of_files_stay_in_the_folder_and_differ() -> None:
    slugs = ["../../etc/passwd", "con", "", "nosaku", "NOSAKU", "能作", "a" * 300, "notebook"]
    names = file_names(EntryNotes("b", slug, slug) for slug in slugs)
    assert len({name.casefold() for name in names}) == len(slugs)
    for name in names:
        assert "/" not in name
        assert ".." not in name
        assert 0 < len(name) < 100
    assert names[1] != "con"


@pytest.mark.parametrize("form", NotebookFormat)
def test_nothing_is_replaced_unasked(
    notebook: Notebook, book: Book, tmp_path: Path, form: NotebookFormat
) -> None:
    place = tmp_path / "out"
    write_notebook(notebook, book, form, place)
    files = [place] if place.is_file() else sorted(place.iterdir())
    assert all(map(is_private, files))
    before = [file.read_bytes() for file in files]
    with pytest.raises(CasebookError, match="--force"):
        write_notebook(notebook, book, form, place)
    write_notebook(notebook, book, form, place, force=True)
    assert [file.read_bytes() for file in files] == before
    if form == "json":
        assert json.loads(before[0])["format"] == "casebook-notebook"


def test_cards_keep_their_names_when_the_book_changes(book: Book) -> None:
    made = cards(book)
    assert len({card.guid for card in made}) == len(made) == 2
    term, question = made
    assert term.front == "<b>Rindo</b><br>gentian"
    assert "A flower" in term.back
    assert question.front.endswith("Why bells?")
    assert term.guid == "cba5c9d4b8a95c4d9e1f1a5d6b6a1b57" or len(term.guid) == 32
    assert [card.guid for card in cards(book)] == [card.guid for card in made]


def test_points_that_were_missed_in_the_quiz_become_cards(notebook: Notebook, book: Book) -> None:
    from casebook.exports.notebook import notebook_text
    from casebook.notebook.quiz_cards import keep_answer, quiz_cards

    for point, is_right in (("a", False), ("a", True), ("b", True)):
        keep_answer(
            notebook, "small", "nosaku", "Nosaku", "checklist", point, Rating.MET,
            is_right=is_right,
        )  # fmt: skip
    keep_answer(notebook, "small", "gone", "Gone", "checklist", "a", Rating.MET, is_right=False)
    *_, card = made = cards(book, quiz_cards(notebook))
    assert len(made) == 3
    assert card.front.startswith("Nosaku<br><br><b>a Vision</b><br>Have one<ul><li>")
    assert "It has one" not in card.front
    assert card.back.startswith("<b>met</b><br>It has one<br><small>[Mitsui 2010 ")
    assert card.tags == "casebook::quiz casebook::firm"
    assert card.guid in notebook_text(notebook, book, NotebookFormat.ANKI)
    again = cards(book, quiz_cards(notebook))
    assert [one.guid for one in again] == [one.guid for one in made]


def test_cards_are_anki_s_own_text_format(book: Book) -> None:
    text = anki_text(book)
    heads = [line for line in text.splitlines() if line.startswith("#")]
    assert "#guid column:1" in heads
    assert "#tags column:4" in heads
    rows = list(
        csv.reader((line for line in text.splitlines() if not line.startswith("#")), delimiter="\t")
    )
    assert all(len(row) == 4 for row in rows)
    assert "secretteachingword" not in text


def test_the_cards_of_a_lecturer_carry_the_answers(book: Book) -> None:
    _, question = cards(book, for_lecturer=True)
    assert question.front.endswith("Why bells?")
    assert question.back.startswith("For bells speaks the secretteachingword")
    assert "Mitsui 2010" in question.back
    _, students = cards(book)
    assert students.guid == question.guid
    assert "secretteachingword" not in students.back


def test_no_export_holds_a_teaching_note(notebook: Notebook, book: Book) -> None:
    for text in (notes_markdown(notebook, book), *vault(notebook, book).values()):
        assert "secretteachingword" not in text
