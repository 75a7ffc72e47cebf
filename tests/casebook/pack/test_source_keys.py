"""Sources may have any id; each has a key by which it is cited."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.book.connection import open_book
from casebook.book.sources import sources
from casebook.pack.build import build_book
from casebook.pack.source_keys import citation_keys, is_key, new_key
from casebook.pack.volumes import check_pack
from tests.conftest import SMALL_PACK

ITEM = {
    "type": "book",
    "title": "Ropes of the coast",
    "author": [{"family": "Müller-Groß", "given": "A."}],
    "issued": {"date-parts": [[2010, 3]]},
}


@pytest.mark.parametrize(
    ("identity", "more", "key"),
    [
        ("mitsui2010", {}, "mitsui2010"),
        (12, {}, "12"),
        ("müller2010", {}, "muller2010"),
        ("Müller & Söhne", {}, "Muller-Sohne"),
        ("http://zotero.org/users/1/items/AB12", {}, "mullergross2010"),
        ("1234/ABCD", {}, "mullergross2010"),
        ("1234/ABCD", {"citation-key": "groß:2010"}, "mullergross2010"),
        ("1234/ABCD", {"citation-key": "gross_ropes"}, "gross_ropes"),
        ("三井", {}, "mullergross2010"),
        ("三井", {"author": [{"family": "三井"}]}, "ropes2010"),
        ("三井", {"author": [], "title": "縄", "issued": {"raw": "um 1998?"}}, "source1998"),
        ("三井", {"author": [{"literal": "Ministry of Ropes"}], "issued": {}}, "ministryofropes"),
    ],
)
def test_each_id_has_a_key(identity: str | int, more: dict[str, object], key: str) -> None:
    assert citation_keys([{"id": identity, **ITEM, **more}]) == [key]


def test_keys_that_are_made_are_distinct() -> None:
    items = [{"id": f"1/{n}", **ITEM} for n in range(3)]
    assert citation_keys([*items, {"id": "mullergross2010", **ITEM}]) == [
        "mullergross2010a", "mullergross2010b", "mullergross2010c", "mullergross2010",
    ]  # fmt: skip


def test_equal_ids_stay_equal_so_that_they_are_told() -> None:
    assert citation_keys([{"id": "a/b"}, {"id": "a/b"}, {}, 3]) == ["source", "source", "", ""]


@given(st.lists(st.text(min_size=1, max_size=12), max_size=40, unique=True))
def test_any_ids_have_distinct_keys(identities: list[str]) -> None:
    keys = citation_keys([{"id": identity, **ITEM} for identity in identities])
    assert all(map(is_key, keys))
    assert len(set(keys)) == len(keys)


def test_a_new_key_is_author_and_year() -> None:
    assert new_key(ITEM, []) == "mullergross2010"
    assert new_key(ITEM, ["mullergross2010"]) == "mullergross2010a"


def _pack(write_pack: Callable[..., Path], cited: str) -> Path:
    item = {"id": "http://zotero.org/users/1/items/AB", **ITEM}
    items = [*json.loads(SMALL_PACK["sources.json"]), item]
    text = SMALL_PACK["organisations/growers.md"].replace("They grow [@m, para. 2]", f"A [{cited}]")
    return write_pack({
        "sources.json": json.dumps(items), "organisations/growers.md": text
    })  # fmt: skip


def test_a_source_with_an_address_for_an_id_is_cited_by_its_key(
    write_pack: Callable[..., Path],
) -> None:
    pack = _pack(write_pack, "@mullergross2010")
    build_book(pack, pack.parent / "b.sqlite")
    with open_book(pack.parent / "b.sqlite") as book:
        assert "mullergross2010" in [source.slug for source in sources(book)]


def test_who_cites_the_id_is_told_the_key(write_pack: Callable[..., Path]) -> None:
    problems, _ = check_pack(_pack(write_pack, "@http://zotero.org/users/1/items/AB"))
    (problem,) = problems.in_order()
    assert str(problem) == (
        "organisations/growers.md:5: no source 'http://zotero.org/users/1/items/AB' in"
        " sources.json; cite it as @mullergross2010"
    )
