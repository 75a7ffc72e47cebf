"""The draft of an essay: footnotes in Markdown and DOCX, and what the reader wrote."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest

from casebook.book import pages
from casebook.book.connection import Book, open_book
from casebook.citations import Citation
from casebook.errors import CasebookError
from casebook.exports.addresses import gathered_at
from casebook.exports.essay import essay_content
from casebook.exports.formats import EssayFormat
from casebook.exports.own_words import marked, own_blocks
from casebook.notebook import BasketKind, Notebook, basket, notes, open_notebook
from casebook.notebook.targets import target_at
from casebook.page_documents import whole_page
from casebook.text import MarkKind

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def small(small_book: Path) -> Iterator[Book]:
    with open_book(small_book) as book:
        yield book


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    with open_notebook(tmp_path / "notebook.sqlite") as opened:
        yield opened


@pytest.fixture
def filled(notebook: Notebook, small: Book) -> Notebook:
    basket.add_own(notebook, "# Bells & <brass>")
    for address in ("nosaku", "nosaku#bell", "nosaku#a", "m", "m#9"):
        basket.add(notebook, gathered_at(small, address))
    basket.add_own(notebook, "So it *was* [@m, para. 9; inferred from @x]. [^1] <b>x</b>\n\n- one")
    page = pages.page(small, "nosaku")
    document = whole_page(page)
    at = document.index_of("passage:2")
    assert at is not None
    target = target_at(small.info.slug, page, document, at, (3, 8))
    basket.add_note(notebook, notes.add(notebook, target, "My **own** thought"))
    return notebook


def _written(book: Book, notebook: Notebook, form: EssayFormat, style: str = "book") -> str | bytes:
    return essay_content(book, basket.items(notebook), form, style, title="On bells")


def test_a_draft_in_markdown_has_footnotes(small: Book, filled: Notebook) -> None:
    made = _written(small, filled, EssayFormat.MD)
    assert isinstance(made, str)
    assert made.startswith("# On bells\n\n## Bells \\& \\<brass\\>\n")
    assert "> A foundry in Takaoka.[^1]" in made
    assert "> **Nosaku**, late 1990s: A wind-bell sells.[^2]" in made
    assert "> **Nosaku**, a Vision: met. It has one.[^3]" in made
    assert "> Bells.[^5]" in made
    assert "So it *was*.[^6] \\[^1\\] \\<b\\>x\\</b\\>" in made
    assert "\n- one\n" in made
    assert "> cast[^7]" in made
    assert "My **own** thought" in made
    marks = re.findall(r"(?<!\\)\[\^(\d+)\](?!:)", made)
    notes_below = re.findall(r"^\[\^(\d+)\]: (.+)$", made, re.MULTILINE)
    assert marks == [number for number, _ in notes_below] == [str(n) for n in range(1, 8)]
    assert notes_below[0][1] == "Mitsui 2010 ¶9."
    assert notes_below[5][1] == "Mitsui 2010 ¶9; inferred from Unread."
    assert made.index("## References") < made.index("[^1]: ")
    assert "**Mitsui 2010**" in made


@pytest.mark.parametrize("style", ["apa", "chicago", "harvard", "mla"])
def test_footnotes_are_worded_in_every_style(small: Book, filled: Notebook, style: str) -> None:
    made = _written(small, filled, EssayFormat.MD, style)
    assert isinstance(made, str)
    below = re.findall(r"^\[\^\d+\]: (.+)$", made, re.MULTILINE)
    assert len(below) == 7
    for words in below:
        assert not words.startswith("(")
        assert words.endswith(".")
        assert "Mitsui" in words


def test_a_style_for_footnotes_words_them_itself(
    small: Book, filled: Notebook, tmp_path: Path
) -> None:
    style = tmp_path / "note.csl"
    style.write_text(
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info>'
        "<title>N</title><id>n</id><updated>2026-01-01T00:00:00Z</updated></info><citation>"
        '<layout delimiter="; "><text variable="title" font-style="italic"/>'
        '<text variable="locator" prefix=" at "/></layout></citation>'
        '<bibliography><layout><text variable="title"/></layout></bibliography></style>',
        encoding="utf-8",
    )
    made = _written(small, filled, EssayFormat.MD, str(style))
    assert isinstance(made, str)
    assert re.search(r"^\[\^1\]: \*Niches\* at 9\.$", made, re.MULTILINE), made


def _xml_parts(made: bytes) -> dict[str, ElementTree.Element]:
    """The parts of a DOCX that are XML, each parsed."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        return {name: ElementTree.fromstring(archive.read(name)) for name in names}


def test_a_draft_in_docx_has_real_footnotes(small: Book, filled: Notebook) -> None:
    made = _written(small, filled, EssayFormat.DOCX)
    assert isinstance(made, bytes)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
    parts = _xml_parts(made)
    footnotes = parts["word/footnotes.xml"]
    by_number = {note.get(f"{WORD}id"): "".join(note.itertext()).strip() for note in footnotes}
    assert set(by_number) == {"-1", "0", *map(str, range(1, 8))}
    assert by_number["1"] == "Mitsui 2010 ¶9."
    body = parts["word/document.xml"]
    marks = [mark.get(f"{WORD}id") for mark in body.iter(f"{WORD}footnoteReference")]
    assert marks == [str(n) for n in range(1, 8)]
    overrides = {
        one.get("PartName"): one.get("ContentType") for one in parts["[Content_Types].xml"]
    }
    assert str(overrides["/word/footnotes.xml"]).endswith("wordprocessingml.footnotes+xml")
    relations = parts["word/_rels/document.xml.rels"]
    targets = {one.get("Target"): one.get("Type") for one in relations}
    assert str(targets["footnotes.xml"]).endswith("/relationships/footnotes")
    styles = {style.get(f"{WORD}styleId") for style in parts["word/styles.xml"]}
    assert {"FootnoteText", "FootnoteReference"} <= styles
    named = [one for tag in ("pStyle", "rStyle") for one in footnotes.iter(f"{WORD}{tag}")]
    used = {one.get(f"{WORD}val") for one in named}
    assert used <= styles
    told = parts["word/settings.xml"].find(f"{WORD}footnotePr")
    assert told is not None
    assert [one.get(f"{WORD}id") for one in told] == ["-1", "0"]
    again = docx.Document(io.BytesIO(made))
    assert [p.text for p in again.paragraphs if p.style and p.style.name == "Title"] == ["On bells"]
    assert any(p.text == "A foundry in Takaoka." for p in again.paragraphs)


def test_pandoc_reads_both_drafts_with_their_footnotes(
    small: Book, filled: Notebook, tmp_path: Path
) -> None:
    import pypandoc

    for form in EssayFormat:
        made = _written(small, filled, form, "apa")
        path = tmp_path / f"draft.{form}"
        path.write_bytes(made.encode() if isinstance(made, str) else made)
        read = pypandoc.convert_file(str(path), "native", format=form.replace("md", "gfm"))
        assert len(re.findall(r"\bNote\b", read)) == 7, form


def test_a_paper_without_footnotes_is_as_it_was(small: Book) -> None:
    from casebook.comparison.matrix import compare
    from casebook.exports.formats import PaperFormat
    from casebook.exports.handout import Handout, handout_content

    handout = Handout(compare(small, ["nosaku"]))
    made = handout_content(small, handout, PaperFormat.DOCX, "book")
    assert isinstance(made, bytes)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert "word/footnotes.xml" not in archive.namelist()
    assert "[^1]" not in str(handout_content(small, handout, PaperFormat.MD, "book"))


def test_hostile_words_stay_words(hostile: Book, notebook: Notebook) -> None:
    for address in ("nosaku", "nosaku#a", "nosaku#bell", "m"):
        basket.add(notebook, gathered_at(hostile, address))
    evil = "\x1b]0;x\x07 <script> [@m, para. 1](javascript:x) `a``b` ]]> \ud800 & \u202e"
    basket.add_own(notebook, evil)
    basket.add_own(notebook, f"# {evil}")
    made = _written(hostile, notebook, EssayFormat.MD)
    assert isinstance(made, str)
    assert not re.search(r"(?<!\\)<script>", made)
    binary = _written(hostile, notebook, EssayFormat.DOCX)
    assert isinstance(binary, bytes)
    assert "word/footnotes.xml" in _xml_parts(binary)


def test_an_empty_basket_is_no_draft(small: Book, notebook: Notebook) -> None:
    with pytest.raises(CasebookError, match="The essay basket is empty"):
        _written(small, notebook, EssayFormat.MD)


# The reader's own words


def test_own_words_have_what_a_sentence_needs() -> None:
    text = marked("a *b* **c d** `e` [f](https://example.org/x) g [@m, para. 2]. 2 * 3 * 4", {"m"})
    assert text.plain == "a b c d e f g. 2 * 3 * 4"
    kinds = [(text.plain[m.start : m.end], m.kind, m.target) for m in text.marks]
    assert kinds == [
        ("b", MarkKind.EMPHASIS, ""),
        ("c d", MarkKind.STRONG, ""),
        ("e", MarkKind.CODE, ""),
        ("f", MarkKind.LINK, "https://example.org/x"),
        ("", MarkKind.CITE, "0"),
    ]
    assert text.citations == (Citation("m", "para. 2"),)
    assert text.marks[-1].start == text.plain.index(". ") + 1


@pytest.mark.parametrize(
    "words", ["[@nobody, para. 1]", "[@]", "**", "* a *", "[x](javascript:y)", "[^1]", "me@x.org"]
)
def test_what_is_not_known_stays_as_it_was_written(words: str) -> None:
    assert marked(words, {"m"}).plain == words


def test_many_marks_take_no_time() -> None:
    for words in ("*a " * 20_000, "[@" * 20_000, "**" * 20_000, "[a](" * 20_000, "`" * 20_000):
        assert list(own_blocks(words, set()))


# Addresses


def test_everything_that_can_be_cited_can_be_gathered(small: Book) -> None:
    kinds = {
        "nosaku": BasketKind.STATEMENT,
        "nosaku#2": BasketKind.STATEMENT,
        "nosaku#checklist/a": BasketKind.RATING,
        "nosaku#bell": BasketKind.EVENT,
        "m#9": BasketKind.STATEMENT,
        "m": BasketKind.REFERENCE,
    }
    for address, expected in kinds.items():
        target = gathered_at(small, address)
        assert basket.kind_of(target) is expected
        assert target.citations
    assert gathered_at(small, "nosaku", "cast bells").quote is not None


@pytest.mark.parametrize(
    ("address", "quote", "words"),
    [
        ("nobody", "", "There is no entry 'nobody' in this book."),
        ("nosaku#zz", "", "There is no 'zz' on the page of nosaku"),
        ("nosaku#1", "", "That is a heading; put a passage into the basket."),
        ("m#7", "", "The book has no summary of a paragraph '7' of m;"),
        ("m#x", "", "The book has no summary of a paragraph 'x' of m;"),
        ("nosaku", "no such words", "These words are not on the page; copy them from it."),
    ],
)
def test_what_is_not_there_is_told(small: Book, address: str, quote: str, words: str) -> None:
    with pytest.raises(CasebookError, match=re.escape(words)):
        gathered_at(small, address, quote)
