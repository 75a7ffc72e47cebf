"""Ready citations and exports from the screens."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import Book, open_book
from casebook.comparison.matrix import compare
from casebook.exports.formats import Format, MatrixFormat
from casebook.exports.handout_parts import Part, usual_parts
from casebook.exports.options import Audience
from tui.dialogs.export import FORMAT
from tui.dialogs.export_cases import (
    ALL,
    AUDIENCE,
    CASES_OF,
    FRAMEWORK,
    HERE,
    PARTS,
    STYLE,
    WHAT,
    What,
    content,
    file_name,
)

Drive = Callable[..., Any]
FOUR = ("asiro-gentian-alliance", "nosaku", "hiyoshi-ya", "renown")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(folder))
    return folder


async def test_copying_a_ready_citation(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        app.app.choose_style("apa")
        await app.press("down", "y")
        copied = app.app.clipboard
        assert (
            "few subsidies (Mitsui, ca. 2010, paras. 61–64).\n\nMitsui, I. (ca. 2010). N" in copied
        )
        app.app.tray = FOUR
        await app.press("c", "y")
        assert app.app.clipboard.startswith(
            "Asiro gentian alliance, a Vision and strategy: met. The growers decided strategically"
        )
        assert "not described (Mitsui, ca. 2010, paras. 61–62).\n\nMitsui, I." in app.app.clipboard
        await app.press("right", "right", "right", "y")
        app.shows("Nothing is selected")
        await app.press("up", "y")
        assert app.app.clipboard.startswith("Renown was once a leading maker of fashion")
        app.app.open_entry("nosaku")
        await app.press("right", "y")
        assert "(Mitsui, ca. 2010, paras. 66–68)" in app.app.clipboard


async def test_the_style_is_kept_for_the_next_time(niches: Book, drive: Drive) -> None:
    async with drive(niches, (120, 50)) as app:
        await app.press("down", "E", "G", "enter", "escape", "y")
        app.shows("Copied.")
        assert "(Mitsui, pars. 61–64)" in app.app.clipboard
    async with drive(niches) as app:
        assert app.app.citation_style == "mla"


async def test_where_a_style_cannot_be_had_the_books_is_copied(niches: Book, drive: Drive) -> None:
    async with drive(niches) as app:
        app.app.choose_style("no-such-style")
        await app.press("down", "y")
        app.shows("There is no citation style")
        assert "[Mitsui 2010 ¶61-64]" in app.app.clipboard


async def test_writing_a_handout_from_the_screen(shipped: Book, drive: Drive, home: Path) -> None:
    async with drive(shipped, (120, 50)) as app:
        app.app.tray = FOUR
        await app.press("c", "E")
        app.shows(
            "(x) handout",
            "(x) HTML, one file that prints on A4",
            "(x) students",
            "~/handout-asiro-gentian-alliance-and-3-more.html",
        )
        await app.press("tab", "enter")
        path = home / "handout-asiro-gentian-alliance-and-3-more.html"
        app.shows("Written: ")
        assert "Gentian growers of a remote" in path.read_text(encoding="utf-8")
        path.write_text("mine", encoding="utf-8")
        await app.press("E", "tab", "enter")
        app.shows("This file exists.")
        assert path.read_text(encoding="utf-8") == "mine"
        await app.press("enter")
        assert "Gentian growers" in path.read_text(encoding="utf-8")
        await app.press("E", "down", "enter", "tab", "enter")
        assert zipfile.is_zipfile(home / "matrix-asiro-gentian-alliance-and-3-more.xlsx")


async def test_a_failure_stays_on_the_screen(niches: Book, drive: Drive, home: Path) -> None:
    async with drive(niches, (120, 50)) as app:
        await app.press("down", "E", "tab")
        app.app.screen.query_one("#export-path").value = str(home / "nowhere" / "x.html")
        await app.press("enter")
        app.shows("cannot be written: No such file or directory")
        await app.press("escape")
        app.shows("115 entries")


BOXES = {
    "timeline": (["g", "j", "t", "E"], "asiro-gentian-alliance.svg", b"<svg"),
    "notebook": (["b", "E"], "casebook-notes.md", b"#"),
    "cases": (["c", "E", *["down"] * 6, "space"], "handout-nosaku.md", b"#"),
}
"""How each thing is exported: the keys, the usual name, and how its file begins."""


@pytest.fixture
def exported(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory, to which the variable NOTES leads too."""
    folder = home / "work"
    folder.mkdir()
    monkeypatch.setenv("NOTES", str(folder))
    monkeypatch.chdir(folder)
    return folder


async def _export_as(app: Any, keys: list[str], typed: str) -> None:
    """Opens the box from the library, types a place and has it written."""
    while len(app.app.screen_stack) > 1:
        app.app.pop_screen()
        await app.settle()
    await app.press(*keys, "tab")
    app.app.screen.query_one("#export-path").value = typed
    await app.press("enter")


@pytest.mark.parametrize(("keys", "name", "begin"), BOXES.values(), ids=BOXES)
async def test_every_export_takes_the_same_keys_and_paths(
    keys: list[str], name: str, begin: bytes, niches: Book, drive: Drive, exported: Path
) -> None:
    async with drive(niches, (120, 50)) as app:
        app.app.fill_tray(["nosaku"])
        await app.press(*keys)
        box = app.app.screen.query_one("#export-path")
        assert box.value == f"~/{name}"
        await app.press("enter")
        assert app.app.focused is box
        for typed, place in (
            ("~/one", exported.parent / "one"),
            ("$NOTES/two", exported / "two"),
            (" three", exported / "three"),
            ("..", exported.parent / name),
        ):
            await _export_as(app, keys, typed)
            assert place.read_bytes().startswith(begin), typed
            await _export_as(app, keys, typed)
            app.notices("This file exists. Press enter again to replace it.", str(place))
        await _export_as(app, keys, " ")
        app.notices("Type a file name.")


async def test_the_ending_changes_with_the_format_unless_typed_by_hand(
    niches: Book, drive: Drive, exported: Path
) -> None:
    async with drive(niches, (120, 50)) as app:
        await app.press("j", "t", "E")
        box = app.app.screen.query_one("#export-path")
        await app.press("down", "space")
        assert box.value == "~/asiro-gentian-alliance.csv"
        box.value = "~/mine.csv"
        await app.press("down", "space")
        assert box.value == "~/mine.ics"
        box.value = "~/mine.txt"
        await app.press("up", "space")
        assert box.value == "~/mine.txt"
        box.value = "$NOTES/asiro-gentian-alliance.csv"
        await app.press("up", "space")
        assert box.value == "$NOTES/asiro-gentian-alliance.svg"


async def test_what_is_hidden_is_not_exported(shipped: Book, drive: Drive) -> None:
    async with drive(shipped) as app:
        app.app.tray = FOUR
        await app.press("c", "P", "E")
        app.shows("The book's ratings are hidden")


ALL_FORMS = [(what, form) for what in What for form in what.formats]


@pytest.mark.parametrize(("what", "form"), ALL_FORMS, ids=str)
def test_no_form_gives_a_student_the_teaching_note(
    what: What, form: Format, small_book: Path
) -> None:
    with open_book(small_book) as book:
        comparison = compare(book, ["nosaku", "takaoka"])
        for audience in Audience:
            for_lecturer = audience is Audience.LECTURER
            parts = usual_parts(for_lecturer=for_lecturer)
            chosen = {WHAT: what, FORMAT: form, AUDIENCE: audience, PARTS: parts, STYLE: "book"}
            made = content(book, comparison, chosen)
            if isinstance(made, bytes):
                path = small_book.parent / f"made.{form.ending}"
                path.write_bytes(made)
                with zipfile.ZipFile(path) as archive:
                    text = "".join(
                        archive.read(name).decode("utf-8", "replace") for name in archive.namelist()
                    )
            else:
                text = made
            is_there = "secretteachingword" in text
            assert is_there is (for_lecturer and what is What.HANDOUT)


def test_names_of_files_are_harmless(shipped: Book) -> None:
    comparison = compare(shipped, ["nosaku"])
    evil = comparison.entries[0]._replace(slug="../../etc/passwd\x00 =cmd")
    hostile = type(comparison)(comparison.framework, (evil,), (), {}, ())
    assert file_name(hostile, What.MATRIX, MatrixFormat.CSV) == "matrix-etc-passwd-cmd.csv"


async def test_a_handout_has_the_parts_that_are_ticked_and_the_readers_questions(
    shipped: Book, drive: Drive, home: Path
) -> None:
    async with drive(shipped, (120, 50)) as app:
        app.app.tray = FOUR
        await app.press("c", "E")
        app.shows("[x] the cases, as they are told", "[ ] matrix: the ratings", "A question of")
        app.hides("] teaching notes", "Your questions")
        box = app.app.screen
        for part in (Part.NARRATIVE, Part.TIMELINE, Part.EXHIBITS):
            box.options.go_to(PARTS, part)
            await app.press("space")
        app.shows("[ ] the cases, as they are told", "[x] worksheet")
        box.query_one("#export-title").focus()
        await app.press("text:Week 3", "enter", "text:Who gains?", "enter", "text:Who pays?")
        app.shows("[x] Who gains?")
        box.path_box.value = "~/parts.md"
        box.options.go_to(FORMAT, "md")
        await app.press("shift+tab", "shift+tab")
        box.options.focus()
        await app.press("space", "tab", "enter")
    text = (home / "parts.md").read_text(encoding="utf-8")
    assert text.startswith("# Week 3")
    assert "1. Who gains?" in text
    assert "2. Who pays?" in text
    assert "Worksheet" in text
    assert "Gentian growers of a remote" not in text


async def test_a_lecturers_copy_has_what_a_students_does_not(
    shipped: Book, drive: Drive, home: Path
) -> None:
    async with drive(shipped, (120, 50)) as app:
        app.app.tray = FOUR
        await app.press("c", "E")
        app.app.screen.options.go_to(AUDIENCE, Audience.LECTURER)
        await app.press("space")
        app.shows("[x] matrix: the ratings", "[x] teaching notes")
        # What was ticked for a lecturer alone is not offered to students.
        app.app.screen.options.go_to(AUDIENCE, Audience.STUDENT)
        await app.press("space")
        app.hides("] teaching notes")
        app.shows("[ ] matrix: the ratings")
        app.app.screen.options.go_to(AUDIENCE, Audience.LECTURER)
        await app.press("space", "tab", "enter")
    made = home / "handout-asiro-gentian-alliance-and-3-more.html"
    assert ">Lecturer&#39;s copy.</p>" in made.read_text("utf-8")


async def test_a_handout_without_parts_is_refused(shipped: Book, drive: Drive, home: Path) -> None:
    async with drive(shipped, (120, 50)) as app:
        await app.press("down", "E")
        options = app.app.screen.options
        for part in usual_parts(for_lecturer=False):
            options.go_to(PARTS, part)
            await app.press("space")
        await app.press("tab", "enter")
        app.shows("Tick at least one part.")


async def test_a_matrix_is_written_as_the_command_writes_it(
    shipped: Book, drive: Drive, home: Path, casebook: Callable[..., Any]
) -> None:
    async with drive(shipped, (120, 50)) as app:
        app.app.tray = FOUR
        await app.press("c", "E", "down", "space")
        app.app.screen.options.go_to(FORMAT, MatrixFormat.CSV)
        await app.press("space")
        app.shows("(x) a row a cell, with the evidence")
        app.hides("Citation style")
        app.app.screen.options.go_to("layout", "wide-na")
        await app.press("space", "tab", "enter")
    written = (home / "matrix-asiro-gentian-alliance-and-3-more.csv").read_text("utf-8")
    assert written == casebook("compare", *FOUR, "--wide", "--na").out


CASES_ARGUMENTS = {
    "a table of the cases here": (What.TABLE, "xlsx", HERE, ["table", *FOUR], "{here}.xlsx"),
    "a table of all cases": (What.TABLE, "csv", ALL, ["table"], "table.csv"),
    "a table of a volume": (
        What.TABLE, "csv", "niches", ["table", "--volume", "niches"], "table-niches.csv",
    ),
    "references of all": (What.REFERENCES, "ris", ALL, ["references"], "references.ris"),
    "references of a volume": (
        What.REFERENCES, "bibtex", "niches", ["references", "--volume", "niches"],
        "references-niches.bib",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("what", "form", "cases_of", "arguments", "name"), CASES_ARGUMENTS.values(), ids=CASES_ARGUMENTS
)
async def test_other_cases_are_written_as_the_command_writes_them(
    what: What,
    form: str,
    cases_of: str,
    arguments: list[str],
    name: str,
    shipped: Book,
    drive: Drive,
    home: Path,
    casebook: Callable[..., Any],
) -> None:
    async with drive(shipped, (120, 50)) as app:
        app.app.tray = FOUR
        await app.press("c", "E")
        options = app.app.screen.options
        for group, value in ((WHAT, what), (FORMAT, form), (CASES_OF, cases_of)):
            options.go_to(group, value)
            if app.app.screen.chosen[group] != value:
                await app.press("space")
        app.app.screen.path_box.focus()
        await app.press("enter")
    written = home / name.format(here="table-asiro-gentian-alliance-and-3-more")
    told = home / f"told.{form}"
    casebook("export", *arguments, "--format", form, "-o", told)
    if form == "xlsx":
        with zipfile.ZipFile(written) as made, zipfile.ZipFile(told) as expected:
            assert made.namelist() == expected.namelist()
            for part in made.namelist():
                assert made.read(part) == expected.read(part), part
    else:
        assert written.read_bytes() == told.read_bytes()


async def test_a_matrix_of_a_volume_against_another_framework(
    shipped: Book, drive: Drive, home: Path, casebook: Callable[..., Any]
) -> None:
    async with drive(shipped, (120, 50)) as app:
        app.app.tray = FOUR
        await app.press("c", "E")
        options = app.app.screen.options
        other = "alliance-conditions"
        chosen = {WHAT: What.MATRIX, FORMAT: "json", CASES_OF: "elsewhere", FRAMEWORK: other}
        for group, value in chosen.items():
            options.go_to(group, value)
            await app.press("space")
        await app.press("tab", "enter")
    written = (home / "matrix-elsewhere.json").read_text("utf-8")
    told = casebook("compare", "--volume", "elsewhere", "--framework", other, "--json").out
    assert written.strip() == told.strip()


@pytest.mark.parametrize("tag", ["", "#export"])
async def test_notes_on_an_entry_or_with_a_tag_are_written_as_the_command_writes_them(
    tag: str, shipped: Book, drive: Drive, home: Path, tmp_path: Path, casebook: Callable[..., Any]
) -> None:
    place = tmp_path / "notebook.sqlite"
    for slug, words in (("nosaku", "Tin #export"), ("nosaku", "Brass"), ("renown", "Shirts")):
        casebook("--notebook", place, "notes", "add", slug, words)
    async with drive(shipped, (120, 50), notebook=place) as app:
        await app.press("b", "text:", "down", "E")
        app.shows("(x) all entries", "Nosaku alone", "Only notes with this tag")
        box = app.app.screen
        box.options.go_to("entry", "nosaku")
        await app.press("space")
        box.query_one("#export-tag").value = tag
        box.path_box.focus()
        await app.press("enter")
    written = (home / "casebook-notes.md").read_text("utf-8")
    narrowed = ["--tag", "export"] if tag else []
    asked = ["--entry", "nosaku", *narrowed]
    told = casebook("--notebook", place, "notes", "export", *asked).out
    assert written.strip() == told.strip()
    assert ("Brass" in written, "Tin" in written, "Shirts" in written) == (not tag, True, False)


async def test_a_handout_can_be_held_against_another_framework(
    shipped: Book, drive: Drive, home: Path
) -> None:
    async with drive(shipped, (120, 50)) as app:
        app.app.tray = FOUR
        await app.press("c", "E")
        options = app.app.screen.options
        other = [option for option in options.options if option[0] == "framework"][1]
        options.go_to("framework", other.value)
        await app.press("space", "tab", "enter")
    made = home / "handout-asiro-gentian-alliance-and-3-more.html"
    assert other.label in made.read_text("utf-8")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)], ids=str)
async def test_the_box_is_whole_at_every_size(
    size: tuple[int, int], shipped: Book, drive: Drive, home: Path
) -> None:
    async with drive(shipped, size) as app:
        await app.press("down", "E")
        app.shows("Export", "(x) handout", "~/handout-", "A question of your own", "esc cancel")
        await app.press("G")
        app.shows("MLA")
