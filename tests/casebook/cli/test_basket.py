"""`casebook basket`, as it is typed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran


@pytest.fixture
def typed(casebook: Callable[..., Ran], small_book: Path, tmp_path: Path) -> Callable[..., Ran]:
    def run(*words: object, **options: object) -> Ran:
        places = ("--book", small_book, "--notebook", tmp_path / "notebook.sqlite")
        return casebook(*places, "basket", *words, **options)

    return run


def test_a_draft_is_made_without_the_app(typed: Callable[..., Ran], tmp_path: Path) -> None:
    assert typed("list").out == ""
    added = typed("add", "nosaku", "nosaku#bell", "m#9")
    assert added.out == "1 Nosaku\n2 Nosaku\n3 Mitsui 2010\n"
    assert typed("add", "nosaku").out == "1 Nosaku (it was there already)\n"
    assert typed("add", "--heading", "Bells", "--after", "1").out == "2 Bells\n"
    assert typed("move", "2", "1").out == "1 Bells\n"
    assert typed("add", "--text", "My view.").out == "5 My view.\n"
    listed = typed("list").out.splitlines()
    assert [line.split()[:2] for line in listed] == [
        ["1", "heading"], ["2", "statement"], ["3", "event"], ["4", "statement"], ["5", "text"],
    ]  # fmt: skip
    assert typed("remove", "4", "3").out == "Removed: Mitsui 2010, Nosaku.\n"
    path = tmp_path / "draft.md"
    assert typed("export", "--style", "book", "--title", "T", "-o", path).code == 0
    assert path.read_text(encoding="utf-8").startswith(
        "# T\n\n## Bells\n\n> A foundry in Takaoka.[^1]\n\nMy view.\n"
    )
    again = typed("export", "--style", "book", "-o", path)
    assert again.code == 1
    assert "use --force to replace it" in again.err
    assert typed("export", "-o", tmp_path / "draft.docx").code == 0
    with zipfile.ZipFile(tmp_path / "draft.docx") as archive:
        assert "word/footnotes.xml" in archive.namelist()
    assert "--yes empties it without asking" in typed("clear").err
    assert typed("clear", "--yes").out == "Removed: 3 items.\n"
    typed("add", "nosaku")
    assert typed("clear", "--yes").out == "Removed: 1 item.\n"
    empty = typed("export", "--style", "book")
    assert (empty.code, empty.out) == (1, "")
    assert "The essay basket is empty" in empty.err


def test_the_json_of_an_item_says_all_of_it(typed: Callable[..., Ran]) -> None:
    (made,) = json.loads(typed("add", "nosaku#a", "--json").out)
    assert made["kind"] == "rating"
    assert made["place"] == "point:checklist a"
    assert made["citations"] == [{"source": "m", "locator": "para. 9", "inferred": False}]
    assert json.loads(typed("list", "--json").out) == [made]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["add"], "Name one thing to put into the basket"),
        (["add", "nosaku", "--text", "x"], "Name one thing to put into the basket"),
        (["add", "--text", "x", "--quote", "y"], "--quote works only together with one entry."),
        (["add", "nobody"], "There is no entry 'nobody'"),
        (["add", "nosaku", "--after", "3"], "There is no item '3' in the essay basket"),
        (["add", "--note", "abcd"], "There is no note 'abcd'"),
        (["move", "1", "1"], "There is no item '1'"),
        (["remove", "x"], "There is no item 'x'"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    typed: Callable[..., Ran], words: list[str], told: str
) -> None:
    ran = typed(*words)
    assert ran.code != 0
    assert told in ran.err
    assert "Traceback" not in ran.err


def test_words_that_have_gone_are_told(
    typed: Callable[..., Ran], casebook: Callable[..., Ran], tmp_path: Path
) -> None:
    """The draft has them as they were gathered."""
    typed("add", "nosaku#bell")
    path = tmp_path / "notes.json"
    notebook = ("--notebook", tmp_path / "notebook.sqlite")
    stored = json.loads(casebook(*notebook, "notes", "export", "--format", "json").out)
    item = stored["basket"][0]
    item |= {"uid": "abcd1234", "context": "1850: Something else", "place": "event:nosaku gone"}
    path.write_text(json.dumps(stored), encoding="utf-8")
    assert casebook(*notebook, "notes", "import", path).code == 0
    made = typed("export", "--style", "book")
    assert "1850: Something else" in made.out
    assert "item 2, Nosaku: These words are no longer in this edition of the book." in made.err
    assert "no longer" in typed("list").err
