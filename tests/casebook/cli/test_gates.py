"""Whatever stands in a book or a notebook, or was typed: what comes out commands nothing."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from casebook.exports.formats import (
    MatrixFormat,
    NotebookFormat,
    PaperFormat,
    ReferenceFormat,
    TimelineFormat,
)
from casebook.safe_text import made_safe
from tests.conftest import SHIPPED_BOOK
from tests.many_commands import Done, run_commands
from tests.planted import (
    LONE_SURROGATE,
    NAMES,
    PAYLOAD,
    changed_book,
    commands_in,
    commands_in_file,
    plant,
    planted_book,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="commands are forked")

SLUGS = ("nosaku", "takaoka")


def every_command(folder: Path) -> list[list[object]]:
    """Every command that gives something out, in every format, to standard output and files."""
    files = folder / "files"
    files.mkdir(exist_ok=True)
    commands: list[list[object]] = [
        ["list"],
        ["list", "--json"],
        ["show", "nosaku"],
        ["show", "nosaku", "--for", "lecturer", "--json"],
        ["show", "nosak"],
        ["search", "bells"],
        ["search", "bells", "--json"],
        ["search", "xyzzy"],
        ["sources"],
        ["sources", "--json"],
        ["sources", "m"],
        ["sources", "m", "--json"],
        ["glossary"],
        ["glossary", "--json"],
        ["compare", *SLUGS],
        ["compare", *SLUGS, "--json"],
        ["compare", *SLUGS, "--framework", "nope"],
        ["timeline", "--all"],
        ["timeline", "--all", "--json"],
        ["timeline", "--all", "--format", "chart"],
        ["timeline", "--all", "--place", "nope"],
        ["quiz"],
        ["quiz", "nosaku", "--json"],
        ["quiz", "--score"],
        ["quiz", "takaoka"],
        ["cite", "nosaku#checklist/a", "--style", "book"],
        ["cite", "nosaku#checklist/a", "--style", "apa", "--json"],
        ["cite", "nosaku#nope"],
        ["export", "references", "--style", "apa"],
        ["doctor"],
        ["doctor", "--json"],
        ["unpack", files / "pack"],
        ["notes", "list"],
        ["notes", "list", "--json"],
        ["notes", "tag", "nosaku"],
        ["notes", "reading"],
        ["notes", "reading", "--json"],
    ]
    commands += [
        ["export", "handout", *SLUGS, "--style", "book", "--for", who,
         "-o", files / f"{who}.{paper.ending}"]
        for paper, who in zip(PaperFormat, ("student", "lecturer", "lecturer"), strict=True)
    ]  # fmt: skip
    for reference in ReferenceFormat:
        words: list[object] = ["export", "references", "--format", reference, "--style", "book"]
        commands += [words, [*words, "-o", files / f"references-{reference}"]]
    for matrix in MatrixFormat:
        commands.append(["compare", *SLUGS, "--style", "book", "--format", matrix,
                         "-o", files / f"matrix-{matrix}.{matrix.ending}"])  # fmt: skip
    for form in TimelineFormat:
        words = ["timeline", "--all", "--format", form]
        commands += [words, [*words, "-o", files / f"timeline-{form}"]]
    for notebook in NotebookFormat:
        commands.append(["notes", "export", "--format", notebook,
                         "-o", files / f"notes-{notebook}"])  # fmt: skip
    return commands


def check_all(done: list[Done], folder: Path) -> None:
    """No command met a fault, and no byte that came out commands anything."""
    faults = [f"{one.arguments}: {one.err!r}" for one in done if one.code == 70]
    for one in done:
        for name, data in (("out", one.out), ("err", one.err)):
            faults += [f"{one.arguments} {name}: {fault}" for fault in commands_in(data)[:2]]
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            faults += [f"{path.name}: {fault}" for fault in commands_in_file(path)[:2]]
    assert faults == []


@pytest.fixture
def notebook(small_book: Path, tmp_path: Path) -> Path:
    """A notebook with something of most kinds in it, and escapes in every text."""
    path = tmp_path / "notebook.sqlite"
    base = ["--book", small_book, "--notebook", path]
    done = run_commands(
        [
            [*base, "notes", "add", "nosaku", "A note on *bells*", "--quote", "A wind-bell sells"],
            [*base, "notes", "add", "takaoka", "Another"],
            [*base, "notes", "tag", "nosaku", "craft"],
            [*base, "notes", "bookmark", "takaoka"],
        ],
        tmp_path,
    )
    assert [one.code for one in done] == [0, 0, 0, 0], done
    kept = ("uid", "device", "book", "entry", "place", "created", "changed", "made", "name", "hash")
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        known = {name for (name,) in tables}
        plant(connection, kept=(*NAMES, *kept), tables=lambda name: name in known - {"change"})
        connection.commit()
    return path


def test_planted_escapes_come_out_of_no_command(
    small_book: Path, notebook: Path, tmp_path: Path
) -> None:
    """In every text of every table, as they stand and as JSON's escapes within JSON."""
    book = planted_book(small_book, tmp_path / "planted.sqlite")
    with closing(sqlite3.connect(book)) as connection:
        (csl,) = connection.execute("SELECT csl FROM source WHERE slug = 'm'").fetchone()
        assert "\\u001b" in csl  # as JSON's own escape
        (title,) = connection.execute("SELECT title FROM entry WHERE slug = 'nosaku'").fetchone()
        assert "\x1b" in title
        connection.execute(
            "UPDATE entry SET outcome_note = CAST(? AS TEXT)", (b"it sells " + LONE_SURROGATE,)
        )
        connection.commit()
    base: list[object] = ["--book", book, "--notebook", notebook]
    done = run_commands([[*base, *words] for words in every_command(tmp_path)], tmp_path)
    check_all(done, tmp_path / "files")
    assert sum(one.code == 0 for one in done) > len(done) // 2


def test_planted_names_come_out_of_no_command(
    small_book: Path, notebook: Path, tmp_path: Path
) -> None:
    """Slugs and keys, too; of these many commands find nothing, and say so."""
    book = planted_book(small_book, tmp_path / "planted.sqlite", kept=())
    base: list[object] = ["--book", book, "--notebook", notebook]
    done = run_commands([[*base, *words] for words in every_command(tmp_path)], tmp_path)
    check_all(done, tmp_path / "files")


TYPED = "\x1b]0;owned\x07\x9b31m\u202e"


def test_what_is_typed_comes_back_as_words(
    small_book: Path, write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    """Names of packs, outputs and notebooks that were typed, in messages and complaints."""
    pack, strange = write_pack(), tmp_path / f"x{TYPED}"
    typed = f"{TYPED}\udcff\udc9b"  # bytes that are no text come so from a shell
    commands: list[list[object]] = [
            ["check", typed],
            ["build", typed],
            ["build", pack, "-o", strange / "a" / typed],
            ["build", pack, "-o", f"{strange}.sqlite"],
            ["unpack", typed],
            ["unpack", typed],
            ["new", "firm", "x", "--pack", typed],
            ["new", "firm", "x", "--slug", typed, "--pack", pack],
            ["new", typed, "x"],
            ["new", "firm", f"A {typed} title", "--slug", "a-title", "--pack", pack],
            ["show", typed],
            ["show", "nosaku", "--for", typed],
            ["list", "--kind", typed],
            ["list", "--country", typed],
            ["list", "--industry", typed],
            ["search", typed],
            ["search", f"kind:{typed}"],
            ["sources", typed],
            ["cite", typed],
            ["cite", f"nosaku#{typed}"],
            ["cite", "nosaku", "--style", typed],
            ["compare", "nosaku", "--framework", typed],
            ["compare", "nosaku", "--rows", typed],
            ["timeline", "nosaku", "--from", typed],
            ["timeline", "nosaku", "--place", typed],
            ["timeline", "nosaku", "--milestone", typed],
            ["export", "handout", "nosaku", "--style", "book", "-o", f"{strange}.md"],
            ["export", "handout", "nosaku", "--style", "book", "-o", f"a.{typed}"],
            ["export", "handout", "nosaku", "--style", "book", "--title", typed, "--question", typed],
            ["notes", "add", "nosaku", typed],
            ["notes", "add", "nosaku", "x", "--on", typed],
            ["notes", "add", "nosaku", "x", "--quote", typed],
            ["notes", "tag", "nosaku", typed],
            ["notes", "list", "--find", typed, "--tag", typed],
            ["notes", "delete", typed],
            ["notes", "import", typed],
            ["notes", "export", "--format", typed],
            ["--book", typed, "list"],
            ["--notebook", f"{typed}/x", "notes", "list"],
            [f"--{typed}"],
            [typed],
            ["list", typed],
    ]  # fmt: skip
    done = run_commands(commands, tmp_path, CASEBOOK_BOOK=str(small_book))
    check_all(done, tmp_path / "nothing")


@pytest.mark.parametrize(
    ("table", "slug"),
    [
        ("entry", "../../../x"),
        ("entry", "{folder}/x"),
        ("framework", "../../../x"),
        ("source", "../../../x"),
    ],
)
def test_no_name_leads_out_of_a_folder(table: str, slug: str, tmp_path: Path) -> None:
    """A name from a hand-made book is a name; it is never a way to somewhere else."""
    place = tmp_path / "a" / "b" / "c" / "d"
    place.mkdir(parents=True)
    slug = slug.format(folder=tmp_path)
    book = changed_book(
        SHIPPED_BOOK,  # has others of each folder, which is there when this name is come to
        place / "hostile.sqlite",
        f"UPDATE {table} SET slug = :slug WHERE rowid = (SELECT max(rowid) FROM {table}"
        f"{' WHERE kind = ' + repr('firm') if table == 'entry' else ''})",
        values={"slug": slug},
    )
    base = ["--book", book, "--notebook", place / "n.sqlite"]
    done = run_commands(
        [
            [*base, "unpack", place / "out" / "pack", "--force"],
            [*base, "notes", "add", slug, "A note"],
            [*base, "notes", "export", "--format", "obsidian", "-o", place / "out" / "vault"],
            [*base, "timeline", "--all", "--format", "svg", "-o", place / "out.svg"],
            [*base, "export", "handout", "nosaku", "--style", "book", "-o", place / "out.html"],
        ],
        tmp_path,
    )
    assert not [one for one in done if one.code == 70], done
    asked = ("out/pack/", "out/vault/", "out.svg", "out.html", "hostile.sqlite", "n.sqlite")
    own = tuple(str(place / name) for name in asked)
    within = (tmp_path / "home", tmp_path / "streams", tmp_path / "work")
    strays = [
        path
        for path in tmp_path.rglob("*")
        if path.is_file()
        and not str(path).startswith(own)
        and not any(path.is_relative_to(folder) for folder in within)
    ]
    assert strays == []


BAD_ITEMS = [
    "no JSON",
    "[" * 2000,
    '{"type": "book", "author": 5, "title": {"a": 1}, "URL": ["x"], "issued": {"date-parts": 7},'
    ' "editor": [{"family": ["x"]}], "page": {}, "accessed": {"date-parts": [[[1]]]}}',
    '{"type": "book", "title": "\\ud800", "volume": NaN}',
]


@pytest.mark.parametrize("csl", BAD_ITEMS, ids=lambda csl: csl[:20])
def test_a_bad_source_is_named_and_the_rest_is_written(
    csl: str, small_book: Path, tmp_path: Path
) -> None:
    change = "UPDATE source SET csl = :csl WHERE slug = 'm'"
    book = changed_book(small_book, tmp_path / "bad.sqlite", change, values={"csl": csl})
    words = ["--book", book, "export", "references", "--format"]
    forms = [form for form in ReferenceFormat if form is not ReferenceFormat.TEXT]
    done = run_commands(
        [
            *([*words, form] for form in forms),
            ["--book", book, "unpack", tmp_path / "pack", "--force"],
        ],
        tmp_path,
    )
    for one in done:
        assert (one.code, commands_in(one.out)) == (0, []), one
        assert b"Unread" in one.out or "unpack" in one.arguments, one
        assert re.search(rb"source m .*damaged", one.err), one
    written = done[forms.index(ReferenceFormat.CSL_JSON)].out
    assert json.loads(written)[0]["id"] == "m"


def test_bad_rows_end_no_export_in_a_fault(small_book: Path, tmp_path: Path) -> None:
    """Keys with a newline, marks that point nowhere, titles that no property holds."""
    book = changed_book(
        small_book,
        tmp_path / "bad.sqlite",
        "UPDATE event SET \"key\" = 'bell' || char(10) || 'BEGIN:VALARM'",
        'UPDATE passage SET marks = \'[[0,0,"cite","99"],[0,0,"cite","-1"],[0,0,"cite","²"]]\'',
        "UPDATE entry SET title = title || ' ' || :long",
        "UPDATE framework SET title = :long",
        values={"long": "long " * 60},
    )
    base = ["--book", book]
    done = run_commands(
        [
            [*base, "timeline", "--all", "--format", "ics"],
            [*base, "unpack", tmp_path / "pack", "--force"],
            [*base, "show", "nosaku"],
            [*base, "export", "handout", "nosaku", "--style", "book", "-o", tmp_path / "h.docx"],
            [*base, "compare", *SLUGS, "--style", "book", "-o", tmp_path / "m.docx"],
            [*base, "compare", *SLUGS, "-o", tmp_path / "m.xlsx"],
            ["export", "handout", "nosaku", "--book", small_book, "--style", "book",
             "--title", "t" * 300, "-o", tmp_path / "t.docx"],
        ],
        tmp_path,
    )  # fmt: skip
    assert [one.code for one in done] == [0] * 7, done
    assert b"\nBEGIN:VALARM" not in done[0].out.replace(b"\r\n", b"\n")


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\r", "\x0b"])
def test_a_calendar_of_a_book_with_a_title_of_two_lines(
    separator: str, small_book: Path, tmp_path: Path
) -> None:
    change = "UPDATE book SET title = 'A' || :separator || 'BEGIN:VALARM'"
    book = changed_book(small_book, tmp_path / "b.sqlite", change, values={"separator": separator})
    (done,) = run_commands([["--book", book, "timeline", "--all", "--format", "ics"]], tmp_path)
    assert done.code == 0, done
    assert b"\nBEGIN:VALARM" not in done.out.replace(b"\r\n", b"\n")


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_json_brings_back_no_control_character(
    encoding: str, small_book: Path, tmp_path: Path
) -> None:
    """An escape in JSON is a control character again when it has been parsed."""
    words = ["--book", small_book, "search", f"bells {TYPED}\x08\x0c\ud800", "--json"]
    (done,) = run_commands([words], tmp_path, PYTHONIOENCODING=encoding)
    query = json.loads(done.out)["query"]
    assert query.startswith("bells ")
    assert query == made_safe(query)


ODD_PATHS = (".", "/", "", "..", "x/" * 2_000 + "y", "y" * 5_000)


@pytest.mark.parametrize("path", ODD_PATHS, ids=["here", "root", "empty", "up", "deep", "long"])
def test_a_path_of_an_odd_shape_is_a_sentence(path: str, small_book: Path, tmp_path: Path) -> None:
    notebook, book = ("--notebook", path), ("--book", small_book)
    commands: list[list[object]] = [
        ["doctor", *notebook, *book],
        ["unpack", path, *book],
        ["check", path],
        [*notebook, "notes", "list"],
        [*notebook, "notes", "restore"],
        [*notebook, "notes", "undo"],
        [*notebook, "notes", "add", "nosaku", "Words", *book],
        [*notebook, "notes", "restore", "2026-05-01"],
        [*notebook, "notes", "rescue", "-o", tmp_path / "rescued.sqlite"],
        ["notes", "rescue", path, "-o", tmp_path / "rescued.sqlite"],
        ["notes", "export", "--format", "obsidian", "-o", path, *book],
        ["new", "pack", "A pack", "--pack", path],
        ["build", path, "-o", tmp_path / "built.sqlite"],
        ["list", "--book", path],
    ]
    try:
        done = run_commands(commands, tmp_path)
    finally:
        # So deep that Python's own way of removing it fails, and with it every later test.
        subprocess.run(["rm", "-rf", tmp_path / "work" / "x"], check=True)
    assert not [one for one in done if one.code == 70], done


def test_a_pack_that_is_no_pack_ends_soon(tmp_path: Path) -> None:
    """A slip (`check /`) does not walk through the whole disk; a link round a circle ends."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    for number in range(1_100):
        (tmp_path / "disk" / f"{number}").mkdir(parents=True)
    checked, built, looped = run_commands(
        [
            ["check", tmp_path / "disk"],
            ["build", tmp_path / "disk"],
            ["build", tmp_path / "loop", "-o", tmp_path / "built.sqlite"],
        ],
        tmp_path,
    )
    assert b"folders, so it is not a pack" in checked.err
    assert b"folders, so it is not a pack" in built.err
    assert looped.code in (1, 2, 3), looped


def test_a_note_on_a_heading_is_refused(small_book: Path, tmp_path: Path) -> None:
    """It would be on the whole entry, and the place that was asked for forgotten."""
    words = ["--book", small_book, "--notebook", tmp_path / "n.sqlite"]
    (shown,) = run_commands([[*words, "show", "nosaku", "--json"]], tmp_path)
    passages = json.loads(shown.out)["passages"]
    headings = [n for n, passage in enumerate(passages) if passage["block"] == "heading"]
    assert headings
    refused, kept, top = run_commands(
        [
            [*words, "notes", "add", "nosaku", "x", "--on", f"passage:{headings[0]}"],
            [*words, "notes", "add", "nosaku", "x", "--on", f"passage:{headings[0] + 1}", "--json"],
            [*words, "notes", "add", "nosaku", "x", "--on", "top", "--json"],
        ],
        tmp_path,
    )
    assert (refused.code, b"heading" in refused.err) == (1, True), refused
    assert json.loads(kept.out)["place"] == f"passage:{headings[0] + 1}"
    assert json.loads(top.out)["place"] == ""


def test_cases_that_cannot_be_read_are_not_compared(small_book: Path, tmp_path: Path) -> None:
    """All that were asked for have a kind that is none: a sentence, whatever is written."""
    change = "UPDATE entry SET slug = 'X!' WHERE slug = 'nosaku'"
    book = changed_book(small_book, tmp_path / "bad.sqlite", change)
    kinds = "UPDATE entry SET kind = 'none'"
    bad = changed_book(book, tmp_path / "worse.sqlite", kinds)
    words = ["--book", bad]
    done = run_commands(
        [
            [*words, "compare", "takaoka"],
            [*words, "export", "handout", "takaoka", "--style", "book", "-o", tmp_path / "h.md"],
            [*words, "show", "takaoka"],
            [*words, "list"],
        ],
        tmp_path,
    )
    assert all(one.code in (0, 1, 3) for one in done), done


def test_payload_is_what_it_says() -> None:
    """The looking itself is not blind."""
    assert len(commands_in(PAYLOAD.encode())) >= 8
    assert commands_in(b"a\r\nb\tc\xc3\xa9") == []
    assert commands_in(b"a\rb") != []
    assert commands_in(b"\xff") != []
