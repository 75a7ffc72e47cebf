"""Editions for students: what they do not hold, and what reveals it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebook.book.connection import open_book
from casebook.book.pages import page
from casebook.comparison.matrix import compare
from casebook.errors import CasebookError
from casebook.pack.build import build_volumes
from casebook.pack.editions import build_for_students
from casebook.pack.forms import AdditionForm, EntryForm
from casebook.pack.problems import PackError
from casebook.pack.redaction import FOR_LECTURERS, JUDGED, KEPT, LISTED
from casebook.pack.sealed_entries import sealed_entry
from casebook.seal_file import SealError, reveal
from casebook.vocabulary import CONTESTED, Sealed
from tests import secrets
from tests.conftest import Ran, write_files
from tests.edition_packs import FOUNDER, PACK, SEALS, allowed_in, secrets_of
from tests.reading_packs import DISAGREEING, UPON_THEM


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole book, its students' edition, and one with seals."""
    made = tmp_path_factory.mktemp("editions")
    pack = write_files(made / "pack", dict(PACK))
    build_volumes([pack], made / "whole.sqlite")
    build_for_students([pack], made / "open.sqlite")
    built = build_for_students([pack], made / "sealed.sqlite", SEALS)
    assert built.seals == (made / "sealed.seal",)
    return made


def test_the_whole_book_holds_what_is_looked_for(folder: Path) -> None:
    """Else the tests below could not fail."""
    whole = folder / "whole.sqlite"
    found = secrets.leaks(
        whole.read_bytes(), secrets_of(whole), allowed_in(folder / "sealed.sqlite")
    )
    assert {"secretteachingword", "hidden evidence words", "personname", "創業者の鐘"} <= set(found)


def test_a_students_edition_holds_no_word_for_lecturers(folder: Path) -> None:
    whole, edition = folder / "whole.sqlite", folder / "open.sqlite"
    hidden = secrets.texts(whole, secrets.TEACHING)
    allowed = [*allowed_in(whole), *secrets.texts(whole, secrets.RATINGS)]
    assert len(hidden) > 10
    assert secrets.leaks(edition.read_bytes(), hidden, allowed) == []
    assert b"secretteachingword" not in edition.read_bytes()


def test_what_is_sealed_is_not_in_the_file(folder: Path) -> None:
    whole, edition = folder / "whole.sqlite", folder / "sealed.sqlite"
    found = secrets.leaks(edition.read_bytes(), secrets_of(whole), allowed_in(edition))
    assert found == []
    for words in (b"hidden-", b"told-", b"secretteachingword", b"Founder of", "創業者".encode()):
        assert words not in edition.read_bytes()
    assert b"open-passage-words" in edition.read_bytes()


def test_a_revealed_book_is_the_one_built_without_seals(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / "sealed.sqlite", tmp_path / "renamed.sqlite")
    shutil.copy(folder / "sealed.seal", tmp_path / "sealed.seal")
    done = reveal(tmp_path / "sealed.seal", None)
    assert (done.book.name, done.reveals, done.is_new) == ("renamed.sqlite", SEALS, True)
    assert done.book.read_bytes() == (folder / "open.sqlite").read_bytes()
    assert not reveal(tmp_path / "sealed.seal", None).is_new
    assert done.book.read_bytes() == (folder / "open.sqlite").read_bytes()
    assert sorted(os.listdir(tmp_path)) == ["renamed.sqlite", "sealed.seal"]


def test_editions_built_twice_are_the_same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Most of the time went into YAML that was made of the book to be read again.
    monkeypatch.setattr("casebook.pack.reader.read_yaml", None)
    build_for_students([], tmp_path / "sealed.sqlite", SEALS, on=folder / "whole.sqlite")
    for name in ("sealed.sqlite", "sealed.seal"):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_a_seal_of_another_book_is_refused(folder: Path, tmp_path: Path) -> None:
    pack = write_files(
        tmp_path / "pack", PACK | {"outlines/m.yaml": "source: m\nparagraphs: {1: Another}\n"}
    )
    build_for_students([pack], tmp_path / "other.sqlite", SEALS)
    before = (tmp_path / "other.sqlite").read_bytes()
    for book, words in (
        (tmp_path / "other.sqlite", "belongs to another edition"),
        (folder / "whole.sqlite", "is not a students' edition"),
    ):
        with pytest.raises(SealError, match=words):
            reveal(folder / "sealed.seal", book)
    shutil.copy(folder / "sealed.seal", tmp_path / "sealed.seal")
    with pytest.raises(SealError, match="No book beside"):
        reveal(tmp_path / "sealed.seal", None)
    assert (tmp_path / "other.sqlite").read_bytes() == before


def test_a_changed_book_keeps_its_seal(folder: Path, tmp_path: Path) -> None:
    book = tmp_path / "sealed.sqlite"
    data = (folder / "sealed.sqlite").read_bytes()
    book.write_bytes(data.replace(b"open-passage-words", b"OPEN-passage-words"))
    with pytest.raises(SealError, match="changed or damaged since it was built"):
        reveal(folder / "sealed.seal", book)


@pytest.mark.parametrize("at", [0.0, 0.01, 0.3, 0.9, 0.999])
@pytest.mark.parametrize("cut", [True, False])
def test_a_damaged_seal_reveals_nothing(at: float, cut: bool, folder: Path, tmp_path: Path) -> None:
    data = bytearray((folder / "sealed.seal").read_bytes())
    place = int(at * (len(data) - 1))
    if cut:
        del data[place:]
    else:
        data[place] ^= 0xFF
    (tmp_path / "bad.seal").write_bytes(data)
    book = Path(shutil.copy(folder / "sealed.sqlite", tmp_path / "sealed.sqlite"))
    before = book.read_bytes()
    with pytest.raises(SealError):
        reveal(tmp_path / "bad.seal", book)
    assert book.read_bytes() == before


def test_each_face_says_what_is_sealed(
    folder: Path, casebook: Callable[..., Ran], tmp_path: Path
) -> None:
    book = ("--book", folder / "sealed.sqlite")
    shown = casebook("show", "nosaku", *book).out
    assert shown.count("ealed until your lecturer reveals it") == 2, "outcome and ratings"
    told = json.loads(casebook("show", "nosaku", *book, "--json").out)
    assert (told["outcome"], told["sealed"]) == ("sealed", ["outcome", "ratings"])
    assert "Sealed until your lecturer reveals it." in casebook("show", "founder", *book).out
    growers = casebook("show", "growers", *book).out
    assert growers.count("Sealed until your lecturer reveals it.") == 1, "once in a row"
    assert "open-relation-words" in growers
    assert "harvest" in growers

    matrix = casebook("compare", "nosaku", "takaoka", *book)
    assert "▣ sealed" in matrix.out
    assert "silent " not in matrix.out.split("●")[0]
    told = json.loads(casebook("compare", "nosaku", "takaoka", *book, "--json").out)
    assert {cell["rating"] for row in told["rows"] for cell in row["cells"]} == {"sealed"}
    wide = casebook("compare", "nosaku", "takaoka", *book, "--wide").out
    assert wide.count("sealed") == 8, "two outcomes and three points each"
    for asked in ("met:a", "silent:a", "outcome:success"):
        assert "is sealed until your lecturer reveals it" in casebook("search", asked, *book).err
    for asking in (("quiz", "nosaku"), ("patterns",), ("list", "--outcome", "success")):
        ran = casebook(*asking, *book)
        assert (ran.code, "sealed until your lecturer reveals" in ran.err) == (1, True), ran
    refused: list[tuple[object, ...]] = [
        ("show", "nosaku", "--for", "lecturer"),
        ("export", "handout", "nosaku", "--for", "lecturer"),
        ("notes", "export", "--format", "anki", "--for", "lecturer"),
        ("unpack", tmp_path / "unpacked"),
        ("build", "--on", folder / "sealed.sqlite", "--for", "students", "-o", "more.sqlite"),
    ]
    for command in refused:
        ran = casebook(*command, *(book if command[0] != "build" else ()))
        assert ran.code == 1, ran
        assert "students' edition: it does not hold the teaching notes" in ran.err, ran


def test_an_entry_alone_can_be_sealed(folder: Path, tmp_path: Path) -> None:
    build_for_students([folder / "pack"], tmp_path / "b.sqlite", ["entry:founder"])
    with open_book(tmp_path / "b.sqlite") as book:
        compared = compare(book, ["nosaku", "founder"])
        assert compared.cell("a", "nosaku").known_rating
        assert all(cell.is_sealed for cell in compared.column("founder"))
        assert compared.counts.said == "1 met, 2 silent, 3 sealed"
        assert compared.entries[1].outcome is Sealed.SEALED
        assert not page(book, "founder").assessments
        assert book.faults == []


def test_where_a_sealed_entry_is_still_named_is_told(folder: Path, tmp_path: Path) -> None:
    terms = 'terms:\n  - {slug: f, term: F, definition: "Founder of bells [@m, para. 1]"}\n'
    pack = write_files(tmp_path / "pack", PACK | {"glossary.yaml": terms})
    changed = (tmp_path / "pack/firms/nosaku.md").read_text().replace("rindo", "f")
    (tmp_path / "pack/firms/nosaku.md").write_text(changed)
    built = build_for_students([pack], tmp_path / "b.sqlite", ["entry:founder"])
    assert built.mentions == (
        "firms/founder.md:2: its slug 'founder' names a sealed entry",
        "glossary.yaml:2: this names a sealed entry",
    )


def test_a_title_of_a_source_that_names_a_sealed_entry_is_sealed(tmp_path: Path) -> None:
    item = {
        "id": "portrait",
        "type": "book",
        "title": "A portraitword of the Founder of bells",
        "title-short": "Founder of bells",
        "URL": "https://example.org/founder of bells/urlword",
        "custom": {"note": "The founder of bells paid for it, noteword.", "grade": "C"},
    }
    changed = {
        "sources.json": f"{str(PACK['sources.json'])[:-1]}, {json.dumps(item)}]",
        "organisations/growers.md": str(PACK["organisations/growers.md"]).replace(
            "open-passage-words [@m, para. 2]", "open-passage-words [@portrait]"
        ),
    }
    pack = write_files(tmp_path / "pack", PACK | changed)
    built = build_for_students([pack], tmp_path / "b.sqlite", ["entry:founder"])
    assert built.mentions == ("firms/founder.md:2: its slug 'founder' names a sealed entry",)
    data = built.book.read_bytes()
    for words in (b"portraitword", b"urlword", b"noteword", b"Founder of bells"):
        assert words not in data, words
    with open_book(built.book) as book:
        assert "A title that is sealed" in page(book, "growers").sources["portrait"].reference
    reveal(built.seals[0], built.book)
    build_for_students([pack], tmp_path / "whole.sqlite")
    assert built.book.read_bytes() == (tmp_path / "whole.sqlite").read_bytes()


@pytest.mark.parametrize(
    ("slug", "is_told"), [("founder-of", True), ("bells", True), ("case-b", False), ("of", False)]
)
def test_a_slug_that_names_its_entry_is_found(slug: str, is_told: bool) -> None:
    assert sealed_entry(slug, "Founder of bells", []).is_named_by_its_slug == is_told


def test_what_cannot_be_sealed_is_told(
    folder: Path, casebook: Callable[..., Ran], tmp_path: Path
) -> None:
    with pytest.raises(CasebookError, match="no entry 'founda' to seal; did you mean 'founder'"):
        build_for_students([folder / "pack"], tmp_path / "b.sqlite", ["entry:founda"])
    build = ("build", folder / "pack", "-o", "b.sqlite")
    assert (
        "'marks' cannot be sealed" in casebook(*build, "--for", "students", "--seal", "marks").err
    )
    assert "--seal goes with --for students" in casebook(*build, "--seal", "ratings").err
    assert "--for is 'students'" in casebook(*build, "--for", "everyone").err
    assert not (tmp_path / "b.sqlite").exists()


def test_a_pack_with_errors_is_not_built_for_anyone(folder: Path, tmp_path: Path) -> None:
    broken = FOUNDER.replace("hidden-story-words [@m, para. 14]", "hidden-story-words")
    pack = write_files(tmp_path / "pack", PACK | {"firms/founder.md": broken})
    with pytest.raises(PackError, match="founder"):
        build_for_students([pack], tmp_path / "b.sqlite", SEALS)
    assert not (tmp_path / "b.sqlite").exists()


@pytest.mark.parametrize("form", [EntryForm, AdditionForm])
def test_each_field_of_a_pack_is_decided_on(form: Any) -> None:
    """A new field says whether students may have it before any edition hands it out."""
    decided = FOR_LECTURERS | JUDGED.keys() | LISTED | KEPT
    assert set(form.model_fields) <= decided


def test_the_notebook_works_over_editions(
    folder: Path, casebook: Callable[..., Ran], tmp_path: Path
) -> None:
    book = Path(shutil.copy(folder / "sealed.sqlite", tmp_path / "mine.sqlite"))
    shutil.copy(folder / "sealed.seal", tmp_path / "mine.seal")
    assert casebook("notes", "add", "nosaku", "My note", "--book", book).code == 0
    assert casebook("reveal", "mine.seal").code == 0
    for opened in (book, folder / "whole.sqlite"):
        told = casebook("notes", "export", "--format", "md", "--book", opened)
        assert "My note" in told.out


@pytest.mark.parametrize("seals", [["ratings"], ["outcomes"], ["ratings", "outcomes"]])
def test_accounts_of_what_is_sealed_are_sealed_with_it(seals: list[str], tmp_path: Path) -> None:
    """Sources that disagree on a rating or an outcome tell of it, in their own volume or above."""
    packs = [
        write_files(tmp_path / "small", dict(DISAGREEING)),
        write_files(tmp_path / "more", dict(UPON_THEM)),
    ]
    build_volumes(packs, tmp_path / "whole.sqlite")
    build_for_students(packs, tmp_path / "students.sqlite", seals)
    told = {
        "ratings": (b"It has one", b"It has none", b"It has half of one"),
        "outcomes": (b"it sells", b"few buy", b"it closes"),
    }
    whole, edition = (
        (tmp_path / name).read_bytes() for name in ("whole.sqlite", "students.sqlite")
    )
    for part, every in told.items():
        for words in every:
            assert words in whole
            assert (words in edition) == (part not in seals), words
    with open_book(tmp_path / "students.sqlite") as book:
        cell = compare(book, ["nosaku", "founder"]).cell("a", "nosaku")
        outcome = page(book, "nosaku").entry.outcome
    assert cell.rating is (Sealed.SEALED if "ratings" in seals else CONTESTED)
    assert outcome is (Sealed.SEALED if "outcomes" in seals else CONTESTED)
    done = reveal(tmp_path / "students.seal", None)
    build_for_students(packs, tmp_path / "open.sqlite")
    assert done.book.read_bytes() == (tmp_path / "open.sqlite").read_bytes()


def test_no_other_file_is_replaced_by_a_seal(
    folder: Path, casebook: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "b.seal").write_text("my notes on otters", encoding="utf-8")
    build = ("build", folder / "pack", "--for", "students", "--seal", "ratings")
    assert "b.seal is not a seal" in casebook(*build, "-o", "b.sqlite").err
    assert (tmp_path / "b.seal").read_text(encoding="utf-8") == "my notes on otters"
    assert "give the book another ending" in casebook(*build, "-o", "a.seal").err
    assert sorted(os.listdir(tmp_path)) == ["b.seal", "home"]
    for _ in range(2):  # a seal is replaced by a newer one
        assert casebook(*build, "-o", "b.sqlite", "--force").code == 0
