"""Told order in a pack: what may be said, what is refused, and what the book makes of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.book.connection import open_book
from casebook.book.events import events_of
from casebook.book.pages import page
from casebook.dates import first_day_of, last_day_of
from casebook.pack.build import build_book
from casebook.pack.problems import PackError
from casebook.pack.unpacked import write_pack as write_out
from casebook.pack.volumes import check_pack
from casebook.told_relations import BoundName, TimeRelation
from tests.conftest import SMALL_PACK

NOSAKU = SMALL_PACK["firms/nosaku.md"]
EVENTS_END = "    with: [{entry: growers, as: friends}]\n"


def with_events(*events: str) -> dict[str, str]:
    """The small pack with more events of its firm."""
    added = "".join(
        f'  - {{key: {words.split(":", 1)[0]}, what: "It happens [@m, para. 9]", kind: other,'
        f" {words.split(':', 1)[1].strip()}}}\n"
        for words in events
    )
    return {"firms/nosaku.md": NOSAKU.replace(EVENTS_END, EVENTS_END + added)}


def problems_of(folder: Path) -> list[str]:
    problems, _ = check_pack(folder)
    return [str(problem) for problem in problems.in_order()]


WITHOUT_DATE = 'when: {text: no date given, edtf: "[..2010]"}'


def test_short_and_long_form(write_pack: Callable[..., Path], tmp_path: Path) -> None:
    pack = with_events(
        f'export: {WITHOUT_DATE}, after: "bell [@m, para. 9]"',
        f"shop: {WITHOUT_DATE}, after: [{{event: nosaku/bell, says: 'It followed [@m, para. 10]',"
        " by: {text: two years later, least: P2Y, most: P3Y}}]",
    )
    folder = write_pack(pack)
    assert problems_of(folder) == []
    build_book(folder, tmp_path / "book.sqlite")
    with open_book(tmp_path / "book.sqlite") as book:
        events = {event.key: event for event in page(book, "nosaku").events}
        export, shop = events["export"], events["shop"]
        assert [line.relation for line in export.told] == [TimeRelation.AFTER]
        assert export.told[0].citations[0].locator == "para. 9"
        assert shop.told[0].distance == "two years later"
        assert (shop.told[0].least_days, shop.told[0].most_days) == (730, 1096)
        # 1995..1999 and two years, by the calendar
        assert export.known.earliest_begin == first_day_of(1995)
        assert shop.known.earliest_begin == first_day_of(1997)
        assert shop.known.latest_begin == last_day_of(2002)
        reasons = {one.bound: one.told for one in shop.reasons}
        assert reasons[BoundName.EARLIEST_BEGIN] == shop.told
        # What the date itself says is still there.
        assert shop.bounds.earliest_begin is None


def test_a_book_with_told_order_is_written_out_and_builds_the_same(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    pack = with_events(
        f'export: {WITHOUT_DATE}, after: "bell [@m, para. 9]", before: [{{event: shop,'
        " says: 'First the one [inferred from @m, para. 9]'}, {event: takaoka/fair,"
        " says: 'Long before [@m, para. 10]', by: {text: long before, least: P1Y6M}}]",
        f'shop: {WITHOUT_DATE}, during: "bell [@own]"',
    ) | {
        "regions/takaoka.md": SMALL_PACK["regions/takaoka.md"].replace(
            "outcome:",
            "events:\n  - {key: fair, what: 'A fair [@m, para. 9]', when: '2009', kind: other}\n"
            "outcome:",
        )
    }
    build_book(write_pack(pack), tmp_path / "a.sqlite")
    with open_book(tmp_path / "a.sqlite") as book:
        write_out(book, tmp_path / "out")
        first = [page(book, slug) for slug in ("nosaku", "takaoka")]
    build_book(tmp_path / "out", tmp_path / "b.sqlite")
    with open_book(tmp_path / "b.sqlite") as book:
        assert [page(book, slug) for slug in ("nosaku", "takaoka")] == first
    assert sum(len(event.told) for event in first[0].own_events) == 4


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (f'x: {WITHOUT_DATE}, after: "bel [@m, para. 9]"', "no event 'bel'; did you mean 'bell'?"),
        (f'x: {WITHOUT_DATE}, after: "nosak/bell [@m, para. 9]"', "'nosak/bell': no such entry"),
        (f'x: {WITHOUT_DATE}, after: "x [@m, para. 9]"', "'x' cannot be ordered against itself"),
        (f"x: {WITHOUT_DATE}, after: bell", "'after bell' has no citation"),
        (f'x: {WITHOUT_DATE}, before: "bell [@m, para. 99]"', "paragraphs 1 to 20, not 99"),
        (f'x: {WITHOUT_DATE}, after: "A bell [@m, para. 9]"', "is not valid for 'event'"),
        (
            f"x: {WITHOUT_DATE}, after: {{event: bell, says: 'S [@m, para. 9]',"
            " by: {text: later, least: two years}}",
            "'two years' is not a duration",
        ),
        (
            f"x: {WITHOUT_DATE}, after: {{event: bell, says: 'S [@m, para. 9]',"
            " by: {text: later, least: P3Y, most: P2Y}}",
            "at least P3Y is more than at most P2Y",
        ),
    ],
)
def test_each_fault(event: str, words: str, write_pack: Callable[..., Path]) -> None:
    found = problems_of(write_pack(with_events(event)))
    assert len(found) == 1, found
    assert words in found[0]
    assert found[0].startswith("firms/nosaku.md:24:"), found[0]


def test_a_contradiction_prints_the_whole_chain(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    folder = write_pack(
        with_events(
            "early: when: '1990', after: \"middle [@m, para. 9]\"",
            f'middle: {WITHOUT_DATE}, after: "bell [@m, para. 9]"',
        )
    )
    (found,) = problems_of(folder)
    assert found.startswith("firms/nosaku.md:2")
    for said in (
        "nosaku/early began on 1990-12-31 or before (firms/nosaku.md:24)",
        "nosaku/early after nosaku/middle (firms/nosaku.md:24)",
        "nosaku/middle after nosaku/bell (firms/nosaku.md:25)",
        "nosaku/bell began on 1995-01-01 or after (firms/nosaku.md:20)",
    ):
        assert said in found, (said, found)
    with pytest.raises(PackError):
        build_book(folder, tmp_path / "none.sqlite")


def test_every_contradiction_is_told_at_once(write_pack: Callable[..., Path]) -> None:
    found = problems_of(
        write_pack(
            with_events(
                "a: when: '1990', after: \"bell [@m, para. 9]\"",
                "b: when: '2005', before: \"bell [@m, para. 9]\"",
                f'c: {WITHOUT_DATE}, after: {{event: d, says: "S [@m, para. 9]",'
                " by: {text: later, least: P1D}}",
                f'd: {WITHOUT_DATE}, after: "c [@m, para. 9]"',
            )
        )
    )
    assert len(found) == 3, found


def test_an_entry_that_cannot_be_read_is_the_only_fault(write_pack: Callable[..., Path]) -> None:
    """A slip in one event does not make an author look for events that are there."""
    found = problems_of(
        write_pack(
            with_events(
                f'a: {WITHOUT_DATE}, after: "b [@m, para. 9]"',
                "b: when: never",
            )
        )
    )
    assert len(found) == 1, found


def test_events_are_in_told_order(write_pack: Callable[..., Path], tmp_path: Path) -> None:
    pack = with_events(
        f'third: {WITHOUT_DATE}, after: "second [@m, para. 9]"',
        f'first: {WITHOUT_DATE}, before: "second [@m, para. 9]"',
        f"second: {WITHOUT_DATE}",
    )
    build_book(write_pack(pack), tmp_path / "book.sqlite")
    with open_book(tmp_path / "book.sqlite") as book:
        shown = [event.key for event in events_of(book).lines if event.key != "bell"]
        assert shown == ["first", "second", "third"]
