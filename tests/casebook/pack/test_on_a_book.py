"""A pack that stands on a built book: templates, imports and `--pack`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.errors import CasebookError, NotFoundError
from casebook.pack.authored import AuthoredPack
from casebook.pack.problems import PackError
from tests.conftest import Ran, write_files
from tests.volume_packs import OWN, build_three

Run = Callable[..., Ran]


ADDITION = OWN["additions/nosaku.md"].replace("What would you do?", "And now?")


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_three(tmp_path_factory.mktemp("three"))


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A pack on the book of three volumes, without shared files of its own."""
    about = OWN["book.yaml"].replace("slug: own", "slug: mine")
    return write_files(tmp_path / "mine", {"book.yaml": about})


def test_an_addition_is_begun_and_checks_clean_once_it_is_filled_in(
    mine: Path, three: Path, casebook: Run
) -> None:
    made = casebook("new", "addition", "nosaku", "--pack", mine, "--on", three)
    path = mine / "additions" / "nosaku.md"
    assert made.out.strip() == str(path)
    told = casebook("check", mine, "--on", three)
    assert "no source 'source'" in told.out
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("@source", "@m"), encoding="utf-8")
    assert casebook("check", mine, "--on", three).code == 0
    # Everything that is begun in comments is what an addition may say.
    whole = text.replace("@source", "@m")
    for before, after in (
        ("# relations", "relations"),
        ("\n# ", "\n"),
        ("\n#   ", "\n  "),
        ("other-entry", "growers"),
        ("place: town", "place: takaoka"),
        ("success-checklist a", "checklist a1"),
        ("event: exports", "event: bell"),
    ):
        whole = whole.replace(before, after)
    path.write_text(whole, encoding="utf-8")
    assert casebook("check", mine, "--on", three).code == 0, casebook("check", mine, "--on", three)


def test_an_addition_to_nothing_is_told(mine: Path, three: Path, casebook: Run) -> None:
    ran = casebook("new", "addition", "nosakuu", "--pack", mine, "--on", three)
    assert "There is no entry 'nosakuu' in this book. Did you mean nosaku?" in ran.err
    ran = casebook("new", "addition", "No Saku", "--pack", mine)
    assert "'No Saku' is not the slug of an entry" in ran.err
    ran = casebook("new", "addition", "--pack", mine)
    assert "casebook new addition SLUG" in ran.err
    assert not (mine / "additions").exists()


TABLE = (
    "Title,Place,Outcome,Summary,Source,Locator,checklist b,checklist b evidence\n"
    "Nosaku,Takaoka,success,Bells,m,9,,\n"
    'Harada Rope,"Takaoka, Japan",success,Ropes,m,9,met,It sells\n'
    "Old rope,Old town; Bruges,failed,Old,N,2,,\n"
    "Nets,Gent,failed,Nets,n,99,,\n"
)


def test_a_table_is_imported_into_a_pack_on_a_book(
    mine: Path, three: Path, casebook: Run, tmp_path: Path
) -> None:
    table = tmp_path / "cases.csv"
    table.write_text(TABLE, encoding="utf-8")
    alone = casebook("import", table, "--pack", mine)
    assert alone.code == 1
    assert (
        "this builds on the volume 'small', which is not below it; name it with --on" in alone.err
    )
    done = casebook("import", table, "--pack", mine, "--on", three, "--write")
    assert done.code == 0, done
    assert (
        "row 2: \"Nosaku\" is 'nosaku' of the volume small; `casebook new addition nosaku` begins"
        " what adds to it"
    ) in done.out
    assert casebook("check", mine, "--on", three).out.endswith("3 entries, nothing wrong.\n")
    # Places, sources and points are those of the volumes below; only what they lack is added.
    assert "takaoka" not in (mine / "places.yaml").read_text("utf-8")
    assert "name: Gent" in (mine / "places.yaml").read_text("utf-8")
    (source,) = json.loads((mine / "sources.json").read_text("utf-8"))
    assert source["id"] == "cases-csv"
    rope = (mine / "firms" / "harada-rope.md").read_text("utf-8")
    assert "takaoka [@m, para. 9]" in rope
    assert "point: checklist b" in rope
    assert "old-town, bruges [@n, para. 2" in (mine / "firms" / "old-rope.md").read_text()
    again = casebook("import", table, "--pack", mine, "--on", three, "--write")
    assert "same      3 files" in again.out


def test_a_slug_of_a_volume_below_is_not_taken(
    mine: Path, three: Path, casebook: Run, tmp_path: Path
) -> None:
    table = tmp_path / "cases.csv"
    table.write_text("Title,Slug,Place\nAnother foundry,nosaku,Bruges\n", encoding="utf-8")
    assert casebook("import", table, "--pack", mine, "--on", three, "--write").code == 0
    assert (mine / "firms" / "nosaku-2.md").exists()
    assert casebook("check", mine, "--on", three).code == 0


def test_references_that_a_volume_below_has_are_not_added(
    mine: Path, three: Path, casebook: Run, tmp_path: Path
) -> None:
    items = [
        {"id": "q", "type": "book", "title": "Later", "author": [{"family": "Later"}]},
        {"id": "r", "type": "book", "title": "Newer"},
    ]
    (tmp_path / "refs.json").write_text(json.dumps(items), encoding="utf-8")
    made = casebook(
        "new", "source", "--from", tmp_path / "refs.json", "--pack", mine, "--on", three
    )
    assert f"{mine / 'sources.json'}: @r" in made.out
    assert "has @n already" in made.out
    assert casebook("check", mine, "--on", three).code == 0


def test_commands_read_a_pack_on_a_book(
    mine: Path, three: Path, casebook: Run, tmp_path: Path
) -> None:
    home = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    write_files(mine, {"additions/nosaku.md": ADDITION})
    shown = casebook("--pack", mine, "--on", three, "show", "nosaku", **home)
    assert "As seen by us" in shown.out, shown
    listed = casebook(f"--on={three}", f"--pack={mine}", "list", "--json", **home)
    assert len(json.loads(listed.out)) == 4
    alone = casebook("--pack", mine, "list", **home)
    assert "name it with --on" in alone.err
    no_pack = casebook("--on", three, "list", **home)
    assert "--on says what a pack stands on; name the pack with --pack FOLDER." in no_pack.err
    assert no_pack.code == 1


def test_the_book_below_is_taken_anew_when_it_changes(
    mine: Path, three: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    below = tmp_path / "below.sqlite"
    below.write_bytes(three.read_bytes())
    pack = AuthoredPack(mine, below)
    first = pack.book()
    assert pack.book() == first
    assert not pack.has_changed()
    below.write_bytes(three.read_bytes())
    assert pack.has_changed()
    assert AuthoredPack(mine, three).book() != first


def test_what_is_edited_is_what_the_pack_adds(mine: Path, three: Path) -> None:
    write_files(mine, {"additions/nosaku.md": ADDITION})
    pack = AuthoredPack(mine, three)
    place = pack.place_of("nosaku", "As seen by us")
    assert place == (mine / "additions" / "nosaku.md", 6)
    with pytest.raises(NotFoundError, match=r"has no file of 'growers'.*new addition growers"):
        pack.place_of("growers", "")


def test_a_fault_is_opened_where_it_stands(
    mine: Path, three: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    faulty = ADDITION.replace("questions", "question")
    write_files(mine, {"additions/nosaku.md": faulty})
    pack = AuthoredPack(mine, three)
    with pytest.raises(PackError) as caught:
        pack.book()
    (problem,) = pack.problems(caught.value)
    assert problem.place == (mine / "additions" / "nosaku.md", 3)
    with pytest.raises(CasebookError, match="missing"):
        AuthoredPack(mine, tmp_path / "missing.sqlite").book()
