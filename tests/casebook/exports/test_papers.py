"""Handouts and matrices as Markdown, HTML and DOCX: what is in them, and what never is."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from typing import NamedTuple

import docx as python_docx
import pytest
from markdown_it import MarkdownIt

from casebook.book import pages
from casebook.book.connection import Book
from casebook.comparison.matrix import compare
from casebook.exports.citation_styles import set_in_style
from casebook.exports.formats import PaperFormat
from casebook.exports.handout import Handout, handout_draft
from casebook.exports.matrix import matrix_draft
from casebook.exports.paper import PaperRun, with_links
from casebook.exports.papers import written
from casebook.page_documents import whole_page
from casebook.renderings import contract
from casebook.renderings.text import document_lines
from tests.casebook.exports.conftest import SCRIPT

FOUR = ["asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown"]
FORMS = ["md", "html", "docx"]


def _handout(
    book: Book, form: str, slugs: list[str] = FOUR, *, style: str = "book", **how: object
) -> str | bytes:
    handout = Handout(compare(book, slugs), **how)  # type: ignore[arg-type]
    return written(set_in_style(handout_draft(book, handout), style), PaperFormat(form))


def words_of(content: str | bytes) -> str:
    """What a reader of the file reads; of DOCX, everything that is in the file."""
    if isinstance(content, bytes):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            xml = "".join(archive.read(name).decode("utf-8", "replace") for name in
                          archive.namelist() if name.endswith((".xml", ".rels")))  # fmt: skip
        document = python_docx.Document(io.BytesIO(content))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells, xml])
    return content


@pytest.mark.parametrize("form", FORMS)
def test_a_handout_has_all_its_parts(shipped: Book, form: str) -> None:
    made = _handout(shipped, form, style="apa", title="Niches, week 3", for_lecturer=True)
    text = words_of(made).replace("\N{NO-BREAK SPACE}", " ").replace('<span lang="ja">', "")
    page = pages.page(shipped, "asiro-gentian-alliance")
    for words in (
        "Niches, week 3",
        "The cases", "安代りんどう", "growing gentians", "Gentian growers of a remote village",
        "Timelines", "late 1990s", "Production in Chile",
        "Success checklist", "● met", "· silent", "Silent: the sources say nothing",
        "Evidence", "leadership is not described", "Silent on Renown",
        "Questions for discussion", page.questions[0].text.split("'")[0][:40],
        "(Mitsui, ca. 2010, paras. 61–62)",
        "References", "Mitsui, I. (ca. 2010). ",
    ):  # fmt: skip
        assert words in text, words


_TEACHING = {
    "teaching", "teaching_objective", "board_step", "teaching_answer", "answer_point",
    "teaching_unknown", "teaching_note",
}  # fmt: skip
"""The tables whose words are for lecturers alone."""


def _texts(book: Book, tables: Iterable[str]) -> list[str]:
    """The texts of each row of some tables, without what programs read; then all one by one."""
    rows = [
        [text for text in row if isinstance(text, str) and text[:1] not in ("[", "{")]
        for table in tables
        for row in book.ask(f'SELECT * FROM "{table}"')
    ]
    return [" ".join(texts) for texts in rows] + [text for texts in rows for text in texts]


def _tables(book: Book) -> list[str]:
    rows = book.ask("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in rows if not name.startswith(("find_", "sqlite_"))]


def _words(text: str) -> list[str]:
    plain = html.unescape(re.sub(r"<[^>]*>", " ", text))
    return re.findall(r"[^\W_]+", plain.casefold())


def _runs(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


class Secrets(NamedTuple):
    """Runs of five words, and sentences, that teaching notes have and nothing else has."""

    runs: set[tuple[str, ...]]
    sentences: set[str]

    def in_(self, text: str) -> list[str]:
        """What of them stands in a text, block by block."""
        found: set[str] = set()
        for block in re.sub("</w:p>", "\n", text).splitlines():
            words = _words(block)
            said = f" {' '.join(words)} "
            found |= {" ".join(run) for run in _runs(words, 5) & self.runs}
            found |= {one for one in self.sentences if f" {one} " in said}
        return sorted(found)


@pytest.fixture(scope="module")
def secrets(shipped: Book) -> Secrets:
    open_texts = _texts(shipped, [one for one in _tables(shipped) if one not in _TEACHING])
    known = {run for text in open_texts for run in _runs(_words(text), 5)}
    known_text = "\n".join(" ".join(_words(text)) for text in open_texts)
    notes = _texts(shipped, sorted(_TEACHING))
    runs = {run for text in notes for run in _runs(_words(text), 5)} - known
    sentences = {
        " ".join(_words(one)) for text in notes for one in re.split(r"(?<=[.?!:;])\s", text)
    }
    return Secrets(runs, {one for one in sentences if one.count(" ") > 1 and one not in known_text})


@pytest.mark.parametrize("form", FORMS)
def test_no_student_export_carries_a_word_of_a_teaching_note(
    shipped: Book, secrets: Secrets, form: str
) -> None:
    noted = [
        row[0] for row in shipped.ask(
            "SELECT e.slug FROM entry AS e JOIN teaching AS t ON t.entry_id = e.id"
        )
    ]  # fmt: skip
    assert len(noted) == 9
    assert len(secrets.runs) > 2_000
    assert len(secrets.sentences) > 150
    student = words_of(_handout(shipped, form, noted))
    matrix = written(set_in_style(matrix_draft(compare(shipped, noted)), "book"), PaperFormat(form))
    for text in (student, words_of(matrix)):
        assert "eaching note" not in text
        assert secrets.in_(text) == []
    lecturer = words_of(_handout(shipped, form, noted, for_lecturer=True))
    assert "Teaching notes" in lecturer
    assert "Lecturer's copy" in html.unescape(lecturer)
    assert len(secrets.in_(lecturer)) > 2_000


def test_no_page_that_a_student_reads_carries_a_word_of_a_teaching_note(
    shipped: Book, secrets: Secrets
) -> None:
    slugs = [row[0] for row in shipped.ask("SELECT slug FROM entry")]
    for slug in slugs:
        page = pages.page(shipped, slug)
        shown = "\n".join(document_lines(whole_page(page), 10_000))
        assert secrets.in_(shown) == [], slug
        assert secrets.in_(json.dumps(contract.page(page), ensure_ascii=False, indent=1)) == [], (
            slug
        )
    page = pages.page(shipped, "nosaku")
    for_lecturer = "\n".join(document_lines(whole_page(page, for_lecturer=True), 10_000))
    assert len(secrets.in_(for_lecturer)) > 200


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.ids += [value for name, value in attrs if name == "id" and value]


def test_html_is_one_file_that_fetches_nothing(hostile: Book) -> None:
    content = _handout(hostile, "html", ["nosaku", "takaoka"])
    assert isinstance(content, str)
    tags = _Tags()
    tags.feed(content)
    assert not {"script", "img", "link", "iframe", "object", "embed", "base"} & set(tags.tags)
    names = {name for name, _ in tags.attributes}
    assert not {name for name in names if name.startswith("on")}
    assert "src" not in names
    links = [value or "" for name, value in tags.attributes if name.endswith("href")]
    assert all(link.startswith(("#", "http://", "https://")) for link in links)
    assert {link[1:] for link in links if link.startswith("#")} <= set(tags.ids)
    assert len(tags.ids) == len(set(tags.ids))
    assert "default-src 'none'" in content
    assert "&lt;script&gt;" in content
    assert "@page { size: A4" in content


def test_markdown_shows_hostile_words_as_words(hostile: Book) -> None:
    content = _handout(hostile, "md", ["nosaku", "takaoka"])
    assert isinstance(content, str)
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = parser.parse(content)
    inline = [child for token in tokens for child in token.children or ()]
    assert not [t for t in (*tokens, *inline) if t.type in ("html_block", "html_inline", "image")]
    assert any(SCRIPT in token.content.replace("\\", "") for token in tokens)
    # A bar in a title makes no new column.
    rows = [line for line in content.splitlines() if line.startswith("|")]
    heads = next(line for line in rows if "etc/passwd" in line)
    assert len(re.findall(r"(?<!\\)\|", heads)) == 4


def test_docx_keeps_hostile_words_and_opens(hostile: Book) -> None:
    content = _handout(hostile, "docx", ["nosaku", "takaoka"])
    assert isinstance(content, bytes)
    document = python_docx.Document(io.BytesIO(content))
    assert any(SCRIPT in paragraph.text for paragraph in document.paragraphs)
    width = document.sections[0].page_width
    assert width is not None
    assert width.mm == pytest.approx(210, abs=0.1)


def test_many_cases_lie_on_the_long_side_in_tables_that_fit(shipped: Book) -> None:
    slugs = [row[0] for row in shipped.ask("SELECT slug FROM entry WHERE kind = 'firm'")]
    assert len(slugs) > 8
    draft = matrix_draft(compare(shipped, slugs))
    paper = set_in_style(draft, "book")
    content = written(paper, PaperFormat.DOCX)
    assert isinstance(content, bytes)
    document = python_docx.Document(io.BytesIO(content))
    width, height = document.sections[0].page_width, document.sections[0].page_height
    assert width is not None
    assert height is not None
    assert width > height
    assert {len(table.columns) for table in document.tables} == {6, 7}
    text = words_of(content)
    for entry in compare(shipped, slugs).entries:
        assert entry.title in text
    assert "A4 landscape" in str(written(paper, PaperFormat.HTML))


def test_a_handout_may_have_questions_of_ones_own(shipped: Book) -> None:
    text = str(_handout(shipped, "md", ["nosaku"], questions=("What would you have done?",)))
    assert "1. What would you have done?" in text
    assert text.index("What would you") < text.index("\n2. ")


def test_html_can_be_read_by_all_and_printed_well(shipped: Book) -> None:
    content = str(_handout(shipped, "html", for_lecturer=True))
    tags = _Tags()
    tags.feed(content)
    assert tags.tags.count("main") == 1
    assert tags.tags.count("caption") == tags.tags.count("table") > 10
    assert '<span lang="ja">安代りんどう</span>' in content
    style = content[content.index("<style>") : content.index("</style>")]
    # A row head that stays with what follows makes every row stay with the next.
    for rule in re.findall(r"([^{}]*)\{([^{}]*)\}", style):
        if "break-after: avoid" in rule[1]:
            assert not re.search(r"\bth\b(?!ead)", rule[0]), rule
    assert re.search(r"\ba \{[^}]*text-decoration: underline", style)
    assert "Lecturer\\27 s copy" in style
    assert "counter(page)" in style
    words = html.unescape(re.sub(r"<[^>]*>", "", content))
    assert re.findall(r"\bparas?\. \d", words) == []
    # On a phone each cell of the matrix says its row: the cards have no heads of rows.
    cells = re.findall(r'<td class="c\d[^"]*" data-row="([^"]+)">', content)
    assert "a Vision and strategy" in cells


def test_accounts_of_a_date_leave_room_for_what_happened(shipped: Book) -> None:
    content = str(_handout(shipped, "html", ["steiff"], style="apa"))
    tables = re.findall(r"<table[^>]*>.*?</table>", content, re.DOTALL)
    events = next(table for table in tables if "Events: " in table)
    assert events.startswith('<table class="long-names">')
    assert re.search(r'<th scope="row">[^\n]*four years ago[^\n]* class="cite">', events)
    plain = str(_handout(shipped, "html", ["nosaku"]))
    assert 'class="long-names"' not in plain


def test_japanese_is_not_slanted(shipped: Book) -> None:
    content = str(_handout(shipped, "html", ["snow-peak"], style="apa"))
    assert re.search(r'<em><span lang="ja">', content)
    assert ":lang(ja) { font-style: normal; }" in content
    made = _handout(shipped, "docx", ["snow-peak"], style="apa")
    assert isinstance(made, bytes)
    document = python_docx.Document(io.BytesIO(made))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    paragraphs = [*document.paragraphs, *(part for cell in cells for part in cell.paragraphs)]
    slanted = [run.text for part in paragraphs for run in part.runs if run.italic]
    assert slanted
    assert not re.search("[\u3041-\u9fff]", "".join(slanted))


def test_a_running_head_cannot_leave_its_style(shipped: Book) -> None:
    title = '</style><script>x</script> "}} a { color: red } \\'
    content = str(_handout(shipped, "html", ["nosaku"], title=title))
    assert content.count("<style>") == content.count("</style>") == 1
    assert "<script" not in content


def test_the_dois_and_addresses_of_references_are_links() -> None:
    runs = with_links([PaperRun("See doi:10.1000/x.1. At https://example.org/a(b), no 10.5.")])
    assert [(run.words, run.link) for run in runs if run.link] == [
        ("doi:10.1000/x.1", "https://doi.org/10.1000/x.1"),
        ("https://example.org/a(b", "https://example.org/a(b"),
    ]


def test_docx_has_pages_that_can_be_taught_from(shipped: Book) -> None:
    six = [*FOUR, "uniqlo", "charmyfood"]
    content = _handout(shipped, "docx", six, for_lecturer=True)
    assert isinstance(content, bytes)
    document = python_docx.Document(io.BytesIO(content))
    # Only the matrix lies on its long side.
    ways = [int(s.page_width or 0) > int(s.page_height or 0) for s in document.sections]
    assert ways == [False, True, False]
    head = document.sections[0].header.paragraphs[0].text
    assert head.startswith("Lecturer's copy: ")
    assert 'w:instr="PAGE"' in document.sections[0].footer._element.xml
    for table in document.tables:
        xml = table._tbl.tblPr.xml
        assert re.search(r'<w:tblDescription w:val="[^"]{4,}"', xml), xml
    # A page that holds nothing but a break would be empty.
    assert not [p for p in document.paragraphs if not p.text and "w:br" in p._p.xml]
    # Nor is there an empty line where the pages turn, unless a table stands before it.
    ends = [p for p in document.paragraphs if "w:sectPr" in p._p.xml]
    assert len(ends) == 2
    for end in ends:
        assert end.text or end._p.getprevious().tag.endswith("}tbl")


def test_columns_of_docx_are_as_wide_as_their_words(shipped: Book) -> None:
    content = _handout(shipped, "docx", ["nosaku"])
    assert isinstance(content, bytes)
    tables = python_docx.Document(io.BytesIO(content)).tables
    events = next(table for table in tables if table.rows[0].cells[1].text == "What")
    when, what, where = (int(column.width or 0) for column in events.columns)
    assert what > 2 * when
    assert what > 2 * where
    for table in tables:
        assert sum(int(column.width or 0) for column in table.columns) <= 170 * 36_000 + 2_000
