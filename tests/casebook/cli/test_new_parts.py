"""`casebook new` adds sources, terms and frameworks to a pack, and leaves the rest alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.exports.pandoc import pandoc_path
from tests.conftest import SMALL_PACK, Ran

needs_pandoc = pytest.mark.skipif(pandoc_path() is None, reason="there is no pandoc")

BIB = """\
@article{müller2010,
  author = {Müller-Groß, Anna}, title = {Ropes of the {Coast}: \\emph{nets}},
  journal = {Journal of Ropes}, year = 2010, doi = {10.1000/xyz}}
@book{minato2019, author = {Minato, Hana}, title = {Ropemakers}, year = 2019}
"""
RIS = "TY  - BOOK\nAU  - Minato, Hana\nTI  - Ropemakers\nPY  - 2019\nER  - \n"
CSL = json.dumps(
    [{"id": "http://zotero.org/users/1/items/AB", "type": "book", "title": "Ropemakers",
      "author": [{"family": "Minato"}], "issued": {"date-parts": [["2019"]]}}]
)  # fmt: skip


def _items(pack: Path) -> list[dict[str, object]]:
    items: list[dict[str, object]] = json.loads((pack / "sources.json").read_text("utf-8"))
    return items


@needs_pandoc
@pytest.mark.parametrize(
    ("name", "content", "keys"),
    [
        ("refs.bib", BIB, ["muller2010", "minato2019"]),
        ("refs.ris", RIS, ["minato2019"]),
        ("refs.json", CSL, ["minato2019"]),
    ],
)
def test_sources_come_from_a_file_of_references(
    name: str,
    content: str,
    keys: list[str],
    write_pack: Callable[..., Path],
    casebook: Callable[..., Ran],
    tmp_path: Path,
) -> None:
    pack = write_pack()
    (tmp_path / name).write_text(content, encoding="utf-8")
    made = casebook("new", "source", "--from", tmp_path / name, "--pack", pack, "--json")
    assert made.code == 0, made
    assert json.loads(made.out)["keys"] == keys
    text = (pack / "sources.json").read_text("utf-8")
    assert text.startswith(SMALL_PACK["sources.json"][:-1]), "what was there stays as it was"
    assert [item["id"] for item in _items(pack)] == ["m", "x", *keys]
    assert casebook("check", pack).code == 0
    again = casebook("new", "source", "--from", tmp_path / name, "--pack", pack)
    assert again.code == 0
    assert all(f"has @{key} already" in again.out for key in keys)
    assert (pack / "sources.json").read_text("utf-8") == text


@needs_pandoc
def test_markup_in_a_title_does_not_come_along(
    write_pack: Callable[..., Path], casebook: Callable[..., Ran], tmp_path: Path
) -> None:
    pack = write_pack()
    (tmp_path / "refs.bib").write_text(BIB, encoding="utf-8")
    assert casebook("new", "source", "--from", tmp_path / "refs.bib", "--pack", pack).code == 0
    assert _items(pack)[2]["title"] == "Ropes of the Coast: nets"


def test_a_source_is_begun_with_its_doi(
    write_pack: Callable[..., Path], casebook: Callable[..., Ran]
) -> None:
    pack = write_pack()
    address = "https://doi.org/10.1093/cjres/rsq002"
    made = casebook("new", "source", "--doi", address, "--slug", "mitsui2011", "--pack", pack)
    assert made.out == f"{pack / 'sources.json'}: @mitsui2011\n"
    item = _items(pack)[2]
    assert (item["id"], item["DOI"], item["title"]) == (
        "mitsui2011", "10.1093/cjres/rsq002", "TODO",
    )  # fmt: skip
    assert "TODO" in str(item["custom"])
    assert casebook("check", pack).code == 0
    assert "already" in casebook("new", "source", "--doi", address, "--pack", pack).out


@pytest.mark.parametrize("there", ["[]", "[\n]\n", '[{"id": "m", "type": "a", "title": "T"}\n\n]'])
def test_a_source_fits_behind_whatever_is_there(
    there: str, write_pack: Callable[..., Path], casebook: Callable[..., Ran]
) -> None:
    pack = write_pack({"sources.json": there})
    assert casebook("new", "source", "Ropes", "--doi", "10.1000/a", "--pack", pack).code == 0
    assert [item["title"] for item in _items(pack)][-1] == "Ropes"


@pytest.mark.parametrize(
    ("glossary", "kept"),
    [
        (SMALL_PACK["glossary.yaml"], SMALL_PACK["glossary.yaml"]),
        ("terms: []\n", "terms:\n"),
        (None, "terms:\n"),
        (
            "# mine\nterms:\n- slug: a\n  term: A\n  definition: A [@m, para. 1]\n# end\n",
            "# mine\n",
        ),
    ],
)
def test_a_term_is_added_to_the_glossary(
    glossary: str | None, kept: str, write_pack: Callable[..., Path], casebook: Callable[..., Ran]
) -> None:
    pack = write_pack({"glossary.yaml": glossary})
    made = casebook("new", "term", "Long line: 延縄", "--pack", pack)
    assert made.code == 0, made
    text = (pack / "glossary.yaml").read_text("utf-8")
    assert text.startswith(kept)
    assert 'term: "Long line: 延縄"' in text
    told = casebook("check", pack).out.splitlines()
    filled = [line for line in told if "no source 'source'" in line and "glossary.yaml" in line]
    assert len(filled) == 1, told
    assert casebook("new", "term", "Long line: 延縄", "--pack", pack).code == 1


def test_a_framework_follows_those_that_are_there(
    write_pack: Callable[..., Path], casebook: Callable[..., Ran]
) -> None:
    pack = write_pack()
    made = casebook("new", "framework", "Five: forces", "--pack", pack)
    assert made.out == f"{pack / 'frameworks' / 'five-forces.yaml'}\n"
    text = (pack / "frameworks" / "five-forces.yaml").read_text("utf-8")
    assert 'title: "Five: forces"\nposition: 2\n' in text
    (pack / "frameworks" / "five-forces.yaml").write_text(
        text.replace("@source", "@m"), encoding="utf-8"
    )
    assert casebook("check", pack).code == 0
    assert casebook("new", "framework", "Five: forces", "--pack", pack).code == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["source"], "needs --doi DOI or --from FILE"),
        (["source", "--doi", "x"], "'x' is not a DOI"),
        (["source", "--doi", "10.1000/a", "--slug", "é"], "cannot be cited"),
        (["source", "--doi", "10.1000/a", "--slug", "m"], "has a source 'm' already"),
        (["source", "--from", "refs.doc"], "ends in .bib"),
        (["source", "--from", "none.bib"], "No such file"),
        (["term"], "needs a title"),
        (["term", "延縄"], "makes no slug"),
        (["framework", "延縄"], "makes no file name"),
        (["term", "x", "--doi", "10.1000/a"], "are for a new source"),
    ],
)
def test_what_cannot_be_added_is_a_sentence(
    arguments: list[str], words: str, write_pack: Callable[..., Path], casebook: Callable[..., Ran]
) -> None:
    pack = write_pack()
    before = {path: path.read_bytes() for path in pack.rglob("*.*")}
    told = casebook("new", *arguments, "--pack", pack)
    assert told.code == 1
    assert words in told.err
    assert {path: path.read_bytes() for path in pack.rglob("*.*")} == before


@pytest.mark.parametrize(
    ("file", "content", "arguments", "words"),
    [
        ("sources.json", '[{"id": "m"},]', ["source", "--doi", "10.1000/a"], "sources.json:1: "),
        (
            "sources.json",
            "{}",
            ["source", "--doi", "10.1000/a"],
            "must be a list of CSL-JSON items",
        ),
        ("glossary.yaml", "terms: [", ["term", "x"], "glossary.yaml:1: this is not YAML"),
        ("glossary.yaml", "terms: [{slug: a, term: A}]\n", ["term", "x"], "by hand"),
        ("glossary.yaml", b"\xff", ["term", "x"], "not UTF-8"),
    ],
)
def test_a_broken_file_is_not_added_to(
    file: str,
    content: str | bytes,
    arguments: list[str],
    words: str,
    write_pack: Callable[..., Path],
    casebook: Callable[..., Ran],
) -> None:
    pack = write_pack({file: content})
    before = (pack / file).read_bytes()
    told = casebook("new", *arguments, "--pack", pack)
    assert told.code == 1
    assert words in told.err
    assert (pack / file).read_bytes() == before
