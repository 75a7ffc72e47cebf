"""Books of several volumes: what a later one may use and add, and what it may not take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.book import entries, pages
from casebook.book.connection import open_book
from casebook.book.volumes import volumes
from casebook.errors import CasebookError
from casebook.pack.build import build_book, build_volumes
from casebook.pack.unpacked import write_pack as unpack
from casebook.pack.volumes import check_packs, edition_order
from tests.conftest import write_files
from tests.volume_packs import MORE, OWN


@pytest.fixture
def small(write_pack: Callable[..., Path]) -> Path:
    return write_pack()


@pytest.fixture
def more(tmp_path: Path) -> Path:
    return write_files(tmp_path / "more", dict(MORE))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return write_files(tmp_path / "own", dict(OWN))


def _problems(*packs: Path, on: Path | None = None) -> list[str]:
    problems, _ = check_packs(packs, on=on)
    root = f"{packs[0].parent}/"
    return [str(problem).replace(root, "") for problem in problems.in_order()]


def test_volumes_stand_upon_one_another(small: Path, more: Path, own: Path, tmp_path: Path) -> None:
    assert _problems(small, more, own) == []
    assert build_volumes([small, more, own], tmp_path / "b.sqlite") == 4
    with open_book(tmp_path / "b.sqlite") as book:
        assert [volume.slug for volume in volumes(book)] == ["small", "more", "own"]
        assert book.info.slug == "small"
        assert book.info.title == "A small book, with More cases and My seminar"
        assert book.info.edition == "1, with More cases 2 and My seminar 1"
        found = {line.slug: line.volume for line in entries.all_lines(book)}
        assert found["nosaku"] == "small"
        assert found["founder"] == "more"
        page = pages.page(book, "nosaku")
        told = {event.key: event.volume for event in page.events}
        assert told == {"bell": "small", "visit": "more", "second-bell": "more"}
        assert [volume.slug for volume, _ in page.additions] == ["more", "own"]
        before = page.of_own_volume
        assert [event.key for event in before.events] == ["bell"]
        assert [line.key for line in before.assessments] == ["a"]


def test_the_page_of_an_earlier_volume_stays_as_it_was(
    small: Path, more: Path, tmp_path: Path
) -> None:
    """Nothing of it is changed or hidden by what is added."""
    build_book(small, tmp_path / "alone.sqlite")
    build_volumes([small, more], tmp_path / "both.sqlite")
    with open_book(tmp_path / "alone.sqlite") as alone, open_book(tmp_path / "both.sqlite") as both:
        for slug in entries.slugs(alone):
            before, after = pages.page(alone, slug), pages.page(both, slug).of_own_volume
            assert [p.text for p in before.passages] == [p.text for p in after.passages]
            assert before.questions == after.questions[: len(before.questions)]
            assert [r.other for r in before.relations] == [r.other for r in after.relations]
            assert [e.bounds for e in before.events] == [e.bounds for e in after.events]
            assert [a.rating for a in before.assessments] == [a.rating for a in after.assessments]
            assert [f.slug for f in before.figures] == [f.slug for f in after.figures]
            assert (before.teaching is None) == (after.teaching is None)


def test_building_on_a_built_book_gives_the_same_bytes(
    small: Path, more: Path, own: Path, tmp_path: Path
) -> None:
    build_book(small, tmp_path / "small.sqlite")
    build_volumes([more], tmp_path / "on.sqlite", on=tmp_path / "small.sqlite")
    build_volumes([small, more], tmp_path / "both.sqlite")
    assert (tmp_path / "on.sqlite").read_bytes() == (tmp_path / "both.sqlite").read_bytes()
    build_volumes([own], tmp_path / "on-both.sqlite", on=tmp_path / "on.sqlite")
    build_volumes([small, more, own], tmp_path / "all.sqlite")
    assert (tmp_path / "on-both.sqlite").read_bytes() == (tmp_path / "all.sqlite").read_bytes()


def test_unpacking_gives_the_volumes_back(
    small: Path, more: Path, own: Path, tmp_path: Path
) -> None:
    build_volumes([small, more, own], tmp_path / "all.sqlite")
    with open_book(tmp_path / "all.sqlite") as book:
        unpack(book, tmp_path / "packs")
    folders = [tmp_path / "packs" / slug for slug in ("small", "more", "own")]
    assert sorted(path.name for path in (folders[1] / "additions").iterdir()) == [
        "growers.md",
        "nosaku.md",
    ]
    build_volumes(folders, tmp_path / "again.sqlite")
    assert (tmp_path / "again.sqlite").read_bytes() == (tmp_path / "all.sqlite").read_bytes()


CLASHES = {
    "an entry": (
        {"regions/nosaku.md": "x"},
        "more/regions/nosaku.md: the entry 'nosaku' is taken by pack/firms/nosaku.md",
    ),
    "a place": (
        {"places.yaml": "places:\n  - {slug: takaoka, name: Here}\n"},
        "more/places.yaml:2: the place 'takaoka' is taken by pack/places.yaml:3",
    ),
    "a term": (
        {"glossary.yaml": 'terms:\n  - {slug: rindo, term: R, definition: "R [@n, para. 1]"}\n'},
        "more/glossary.yaml:2: the term 'rindo' is taken by pack/glossary.yaml:2",
    ),
    "the name of a term": (
        {"glossary.yaml": 'terms:\n  - {slug: r, term: rindo, definition: "R [@n, para. 1]"}\n'},
        "more/glossary.yaml:2: 'rindo' is already the name of the term 'rindo' (pack/glossary.yaml:2)",
    ),
    "a source": (
        {
            "sources.json": '[{"id": "n", "type": "book", "title": "L"},\n'
            '{"id": "m", "type": "book", "title": "L"}]'
        },
        "more/sources.json:2: the source 'm' is taken by pack/sources.json:1;"
        " cite it as it stands there",
    ),
    "a framework": (
        {"frameworks/checklist.yaml": MORE["frameworks/stages.yaml"]},
        "more/frameworks/checklist.yaml:1: the framework 'checklist' is taken by"
        " pack/frameworks/checklist.yaml:1; a volume cannot change the points of an earlier one",
    ),
    "a figure": (
        {"figures.yaml": MORE["figures.yaml"].replace("bells-sold", "levy")},
        "more/figures.yaml:2: the figure 'levy' is also at pack/figures.yaml:2",
    ),
    "a name": (
        {"firms/founder.md": MORE["firms/founder.md"].replace("Founder of bells", "Nosaku")},
        "more/firms/founder.md:3: 'Nosaku' is already the name of nosaku (pack/firms/nosaku.md:3)",
    ),
    "the volume": (
        {"book.yaml": MORE["book.yaml"].replace("slug: more", "slug: small")},
        "more/book.yaml:1: the volume 'small' is taken by pack/book.yaml:1",
    ),
    "an event": (
        {
            "additions/nosaku.md": MORE["additions/nosaku.md"]
            .replace("key: second-bell", "key: bell")
            .replace("after: bell", "after: founder/visit")
        },
        "more/additions/nosaku.md:6: the event 'bell' is at pack/firms/nosaku.md:18 already",
    ),
    "a rating": (
        {"additions/nosaku.md": MORE["additions/nosaku.md"].replace("checklist b", "checklist a")},
        "more/additions/nosaku.md:12: the rating of 'checklist a' is at pack/firms/nosaku.md:25"
        " already; if a source says otherwise, write it under 'accounts'",
    ),
    "an exhibit": (
        {"additions/nosaku.md": MORE["additions/nosaku.md"].replace("key: later", "key: plain")},
        "more/additions/nosaku.md:16: the exhibit 'plain' is at pack/firms/nosaku.md:38 already",
    ),
    "a question": (
        {
            "additions/nosaku.md": MORE["additions/nosaku.md"].replace(
                "{key: then, text: 'And then?'}", "Why bells?"
            )
        },
        "more/additions/nosaku.md:18: the question 'Why bells?' is at pack/firms/nosaku.md:27"
        " already",
    ),
    "a relation": (
        {
            "additions/nosaku.md": MORE["additions/nosaku.md"].replace(
                "supplies, to: founder", "located in, to: takaoka"
            )
        },
        "more/additions/nosaku.md:4: the relation 'located in takaoka' is at"
        " pack/firms/nosaku.md:14 already",
    ),
}


@pytest.mark.parametrize(("changes", "told"), CLASHES.values(), ids=CLASHES)
def test_a_clash_is_told_with_both_places(
    changes: dict[str, str], told: str, small: Path, tmp_path: Path
) -> None:
    more = write_files(tmp_path / "more", dict(MORE | changes))
    found = _problems(small, more)
    assert told in found


def test_a_pack_that_is_named_twice_is_told_as_that(small: Path, more: Path) -> None:
    """And not as a clash of everything in it with itself."""
    with pytest.raises(CasebookError, match="more is named twice; name each pack once"):
        _problems(small, more, more / ".." / "more")


SLIPS = {
    "an outline of another's source": (
        {"outlines/m.yaml": "source: m\nparagraphs:\n  3: More\n"},
        "more/outlines/m.yaml:1: m is a source of an earlier volume, which outlines it",
    ),
    "a place that no volume has": (
        {
            "places.yaml": "places:\n  - {slug: bruges, name: Bruges}\n"
            "  - {slug: old-town, name: Old town, within: takaokka}\n"
        },
        "more/places.yaml:3: no place 'takaokka' in places.yaml; did you mean 'takaoka'?",
    ),
    "an addition to no entry": (
        {"additions/nosakku.md": "---\nadds_to: nosakku\n---\n"},
        "more/additions/nosakku.md:2: no earlier volume has an entry 'nosakku';"
        " did you mean 'nosaku'?",
    ),
    "an addition to an entry of its own": (
        {"additions/founder.md": "---\nadds_to: founder\n---\n"},
        "more/additions/founder.md:2: 'founder' is an entry of this pack;"
        " write it in firms/founder.md",
    ),
    "an addition in a file of another name": (
        {"additions/bells.md": "---\nadds_to: nosaku\n---\n"},
        "more/additions/bells.md:2: what adds to 'nosaku' belongs in additions/nosaku.md",
    ),
    "an addition that would change the entry": (
        {
            "additions/takaoka.md": "---\nadds_to: takaoka\noutcome: 'success: all [@m, para. 1]'\n"
            "---\n"
        },
        "more/additions/takaoka.md:3: 'outcome' is not a key here",
    ),
    "a source that no volume has": (
        {"additions/takaoka.md": "---\nadds_to: takaoka\n---\n\nMore [@mm, para. 1].\n"},
        "more/additions/takaoka.md:5: no source 'mm' in sources.json",
    ),
    "a paragraph that an earlier source has not": (
        {"additions/takaoka.md": "---\nadds_to: takaoka\n---\n\nMore [@m, para. 21].\n"},
        "more/additions/takaoka.md:5: m has paragraphs 1 to 20, not 21",
    ),
    "a newer edition is wanted": (
        {"book.yaml": MORE["book.yaml"].replace('"1"}', '"1.1"}')},
        "more/book.yaml:7: this builds on edition 1.1 of small; below it is edition 1"
        " (pack/book.yaml:3)",
    ),
    "a volume that is not there": (
        {"book.yaml": MORE["book.yaml"].replace("slug: small", "slug: smal")},
        "more/book.yaml:7: this builds on the volume 'smal', which is not below it;"
        " did you mean 'small'?; name it with --on",
    ),
}


@pytest.mark.parametrize(("changes", "told"), SLIPS.values(), ids=SLIPS)
def test_what_does_not_fit_is_told_with_its_line(
    changes: dict[str, str], told: str, small: Path, tmp_path: Path
) -> None:
    more = write_files(tmp_path / "more", dict(MORE | changes))
    assert _problems(small, more) == [told]


def test_a_pack_that_is_checked_without_what_it_builds_on(more: Path) -> None:
    """That is told, and not all that follows from it."""
    assert _problems(more) == [
        "book.yaml:7: this builds on the volume 'small', which is not below it; name it with --on"
    ]


def test_what_no_longer_fits_a_newer_edition_is_told(
    write_pack: Callable[..., Path], more: Path, tmp_path: Path
) -> None:
    """The next edition below has the event, and has lost the place and the partner."""
    newer = write_pack(
        {
            "book.yaml": "slug: small\ntitle: A small book\nedition: '2'\ndescription: Newer.\n",
            "places.yaml": "places:\n  - {slug: japan, name: Japan, country: JP}\n"
            "  - {slug: bruges, name: Bruges, country: BE}\n",
            "regions/takaoka.md": None,
            "organisations/growers.md": None,
            "glossary.yaml": None,
            "figures.yaml": None,
            "firms/nosaku.md": "---\nkind: firm\ntitle: Nosaku\nsummary: Bells [@m, para. 9].\n"
            "setting: {place: 'japan [@m, para. 9]'}\n"
            "outcome: 'success: it sells [@m, para. 9]'\n"
            "events:\n  - key: ball\n    what: It rings [@m, para. 9]\n"
            "    when: '2003'\n    kind: product\n---\n",
        },
        "newer",
    )
    build_book(newer, tmp_path / "newer.sqlite")
    found = _problems(more, on=tmp_path / "newer.sqlite")
    assert all(told.startswith("more/") for told in found)
    for told in (
        "more/places.yaml:3: no place 'takaoka' in places.yaml",
        "more/additions/growers.md:2: no earlier volume has an entry 'growers'",
        "more/firms/founder.md:18: no event 'nosaku/bell'; did you mean 'ball'?",
        "more/places.yaml:2: the place 'bruges' is taken by newer.sqlite/small/places.yaml:5",
    ):
        assert told in found


def test_editions_are_ordered_as_people_read_them() -> None:
    ordered = ["", "draft", "1", "1.9", "1.10", "2", "2025-12", "2026-01"]
    assert sorted(ordered, key=edition_order) == ordered
