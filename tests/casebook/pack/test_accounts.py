"""Accounts: sources that contradict one another on the date or the place of an event."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.book.connection import open_book
from casebook.book.events import events_of
from casebook.book.pages import page
from casebook.book.resting import resting_on
from casebook.dates import Bounds, first_day_of, last_day_of
from casebook.edtf import bounds_of
from casebook.pack.accounts import PackAccount, merged_accounts
from casebook.pack.build import build_book, build_volumes
from casebook.pack.forms import When
from casebook.pack.problems import Spot
from casebook.pack.unpacked import write_pack as unpack
from casebook.pack.volumes import check_packs
from casebook.page_documents import event_words
from casebook.timeline.elapsed import lapse_between
from casebook.timeline.relations import relation_blocks, relations
from casebook.timeline.verdicts import verdict_text
from tests.account_packs import (
    ADDED_ACCOUNT,
    CONTESTED,
    MEMBERS,
    UPON_IT,
    build_contested,
    with_accounts,
)
from tests.casebook.timeline.test_layout import EDTF
from tests.conftest import SMALL_PACK, Ran, write_files
from tests.volume_packs import MORE

Run = Callable[..., Ran]


@pytest.fixture(scope="module")
def contested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_contested(tmp_path_factory.mktemp("contested"))


def _problems(*packs: Path) -> list[str]:
    problems, _ = check_packs(packs)
    root = f"{packs[0].parent}/"
    return [str(problem).replace(root, "") for problem in problems.in_order()]


def test_every_account_is_kept_with_who_says_it(contested: Path) -> None:
    with open_book(contested) as book:
        found = page(book, "nosaku")
        event = next(one for one in found.events if one.key == "bell")
        assert [one.date_text for one in event.accounts] == [
            "late 1990s", "2001", "in 2003", "before 1990",
        ]  # fmt: skip
        assert [one.is_own for one in event.accounts] == [True, False, False, False]
        assert [one.volume for one in event.accounts] == ["", "small", "small", "more"]
        cited = [[(c.source, c.locator) for c in one.citations] for one in event.accounts]
        assert cited == [[], [("m", "para. 11")], [("m", "para. 13")], [("n", "para. 6")]]
        assert event.accounts[2].inferred_from == "a date"
        # The event has what is common to all, and prefers none.
        assert event.date_text == "late 1990s or 2001 or in 2003 or before 1990"
        assert event.bounds == Bounds.between(first_day_of(1985), last_day_of(2003))
        assert bounds_of(event.edtf) == event.bounds
        assert event.place is None
        assert [place.slug for place in event.places] == ["takaoka", "new-zealand"]
        assert {"m", "n"} <= set(found.sources)
        assert not book.faults
        (rests,) = resting_on(book, "n", [6]).lines
        assert rests.entry is not None
        assert (rests.entry.slug, rests.words) == ("nosaku", "before 1990: A wind-bell sells")


def test_the_page_says_which_volume_adds_an_account(contested: Path, casebook: Run) -> None:
    text = " ".join(casebook("show", "nosaku", "--book", contested).out.split())
    together = (
        "late 1990s (Takaoka) [Mitsui 2010 ¶9-10]; 2001 [Mitsui 2010 ¶11];"
        " in 2003 (New Zealand) [Mitsui 2010 ¶13]; before 1990 [Later ¶6]: A wind-bell sells"
    )
    before, _, added = text.partition("Added by More cases")
    assert together in before
    assert "EDTF [1995..1999,2001,2003,1985..1989], over all accounts" in before
    assert "Accounts -------- - A wind-bell sells: before 1990; EDTF [1985..1989]" in added
    with open_book(contested) as book:
        own = page(book, "nosaku").of_own_volume
        assert own.added_accounts == ()
        ((volume, said),) = page(book, "nosaku").additions
        assert volume.slug == "more"
        assert [(event.key, one.date_text) for event, one in said.added_accounts] == [
            ("bell", "before 1990")
        ]


def test_the_packs_come_back_and_build_the_same(contested: Path, tmp_path: Path) -> None:
    with open_book(contested) as book:
        unpack(book, tmp_path / "out")
    again = tmp_path / "again.sqlite"
    build_volumes([tmp_path / "out" / "small", tmp_path / "out" / "more"], again)
    assert again.read_bytes() == contested.read_bytes()
    small = write_files(tmp_path / "small", dict(CONTESTED))
    build_book(small, tmp_path / "small.sqlite")
    upon = tmp_path / "upon.sqlite"
    build_volumes([write_files(tmp_path / "more", {**UPON_IT})], upon, on=tmp_path / "small.sqlite")
    assert upon.read_bytes() == contested.read_bytes()


def test_a_volume_may_add_nothing_but_an_account(tmp_path: Path) -> None:
    addition = f"---\nadds_to: nosaku\n{ADDED_ACCOUNT}---\n"
    more = dict(MORE) | {"additions/nosaku.md": addition, "firms/founder.md": None}
    kept = {name: text for name, text in more.items() if text is not None}
    packs = [write_files(tmp_path / "a", dict(SMALL_PACK)), write_files(tmp_path / "b", {**kept})]
    build_volumes(packs, tmp_path / "book.sqlite")
    with open_book(tmp_path / "book.sqlite") as book:
        (event,) = page(book, "nosaku").events
        assert event.date_text == "late 1990s or before 1990"
        assert event.place is not None  # all accounts leave it where it is
        unpack(book, tmp_path / "out")
    text = (tmp_path / "out" / "more" / "additions" / "nosaku.md").read_text(encoding="utf-8")
    assert "event: bell" in text


@pytest.mark.parametrize(
    ("account", "words"),
    [
        ('- when: "2001"', "this account of 'bell' has no citation"),
        ('- when: "2001 [@m, para. 99]"', "m has paragraphs 1 to 20, not 99"),
        ('- when: "2001 [@zz, para. 9]"', "zz"),
        ('- {when: {text: "2001 [@m, para. 9]", edtf: soon}}', "'soon'"),
        ('- when: "0031 [@m, para. 9]"', "the year 31 is probably a slip"),
        ('- place: "nowhere [@m, para. 9]"', "no place 'nowhere' in places.yaml"),
        ("- {}", "an account says 'when' or a 'place', or both"),
        ('- {when: "2001 [@m, para. 9]", date: x}', "'date' is not a key here"),
        (
            '- {when: {text: "then [@m, para. 9]", edtf: "[1995..1999]"}, place: takaoka}',
            "this account says what firms/nosaku.md:20 says; cite its source there",
        ),
    ],
)
def test_each_fault(account: str, words: str, tmp_path: Path) -> None:
    pack = write_files(tmp_path / "pack", {**with_accounts(f"    accounts:\n      {account}\n")})
    found = _problems(pack)
    assert len(found) == 1, found
    assert words in found[0]
    assert found[0].startswith("firms/nosaku.md:25:"), found[0]


def test_too_many_accounts_are_told(tmp_path: Path) -> None:
    lines = "".join(f'      - when: "{year} [@m, para. 9]"\n' for year in range(2001, 2011))
    pack = write_files(tmp_path / "pack", {**with_accounts(f"    accounts:\n{lines}")})
    (found,) = _problems(pack)
    assert "'bell' has more than 9 other accounts" in found


@pytest.mark.parametrize(
    ("added", "words"),
    [
        ("{event: belt, when: '2001 [@n, para. 6]'}", "did you mean 'bell'?"),
        ("{event: second-bell, when: '2001 [@n, para. 6]'}", "write its accounts there"),
        ("{event: bell, when: '2001'}", "this account of 'bell' has no citation"),
    ],
)
def test_each_fault_of_an_added_account(added: str, words: str, tmp_path: Path) -> None:
    addition = MORE["additions/nosaku.md"].replace("relations:", f"accounts: {added}\nrelations:")
    more = dict(MORE) | {"additions/nosaku.md": addition}
    packs = [write_files(tmp_path / "a", dict(SMALL_PACK)), write_files(tmp_path / "b", {**more})]
    (found,) = _problems(*packs)
    assert words in found
    assert found.startswith("b/additions/nosaku.md:3:")


def test_told_order_goes_by_all_accounts(tmp_path: Path) -> None:
    later = (
        '  - {key: shop, what: "A shop [@m, para. 9]", kind: other, when: "2000",'
        ' before: "bell [@m, para. 9]"}\n'
    )
    account = '    accounts: {when: "2005 [@m, para. 11]"}\n'
    # Of 1995 to 1999 alone that would be a contradiction.
    assert "contradict" in _problems(write_files(tmp_path / "a", {**with_accounts(later)}))[0]
    pack = write_files(tmp_path / "b", {**with_accounts(account + later)})
    assert _problems(pack) == []
    build_book(pack, tmp_path / "book.sqlite")
    with open_book(tmp_path / "book.sqlite") as book:
        lines, told = events_of(book)
        events = {event.key: event for event in lines}
        assert events["bell"].known.earliest_begin == first_day_of(2000)
        passed = lapse_between(events["shop"], events["bell"], told)
        assert passed.basis == "over all accounts, counting what is told of the order"


def test_what_follows_from_a_contested_date_says_that_it_goes_by_all(tmp_path: Path) -> None:
    later = """\
  - {key: lamp, what: "A lamp [@m, para. 9]", kind: other, after: "bell [@m, para. 9]",
     when: {text: later, edtf: "[1950..2020]"}}
  - {key: fair, what: "A fair [@m, para. 9]", kind: other, when: "2010"}
"""
    account = '    accounts: {when: "2005 [@m, para. 11]"}\n'
    path = tmp_path / "book.sqlite"
    build_book(write_files(tmp_path / "a", {**with_accounts(account + later)}), path)
    with open_book(path) as book:
        lines, told = events_of(book)
        events = {event.key: event for event in lines}
        lamp, fair, bell = (events[key] for key in ("lamp", "fair", "bell"))
        # The lamp has one date, and a bound that the bell's two dates give it together.
        assert (lamp.accounts, lamp.known.earliest_begin) == ((), first_day_of(1995))
        assert lamp.is_over_accounts
        assert lapse_between(fair, lamp, told).basis.startswith("over all accounts")
        assert lapse_between(fair, lamp, told).said.endswith(", over all accounts")
        assert verdict_text(bell, fair, told).plain == "certainly before, over all accounts"
        assert verdict_text(fair, lamp, told).plain.endswith(", over all accounts")
        words = event_words(lamp, "nosaku").text().plain
        assert "Not before 1995, since it came after A wind-bell sells" in words
        assert "late 1990s or 2005" in words
        assert ", over all accounts" in words
        table = relation_blocks(relations(fair, lines, told), fair)
        named = {block.lead: block.text.plain for block in table}
        assert named["Before"] == "A wind-bell sells (over all accounts)"
        assert relation_blocks([], bell)[0].text.plain == "over all accounts"


def test_a_figure_has_the_values_of_all(contested: Path, casebook: Run) -> None:
    with open_book(contested) as book:
        found = page(book, "growers")
        figure = next(one for one in found.figures if one.slug == "members")
        assert [(one.words, one.is_own, one.volume) for one in figure.accounts] == [
            ("12", True, ""),
            ("about 15", False, "small"),
            ("14-16", False, "small"),
            ("20", False, "more"),
        ]
        assert figure.amount == "12 or about 15 or 14-16 or 20 members"
        ((_, said),) = found.additions
        assert [(one.slug, amount.value) for one, amount in said.added_amounts] == [
            ("members", "20")
        ]
        (rests,) = resting_on(book, "n", [7]).lines
        assert rests.words == "20 members: Members"
        assert "n" in found.sources
    text = " ".join(casebook("show", "growers", "--book", contested).out.split())
    assert (
        "- 12 members [Mitsui 2010 ¶2]; about 15 members [Mitsui 2010 ¶3];"
        " 14-16 members [Mitsui 2010 ¶4]; 20 members [Later ¶7]: Members [Mitsui 2010 ¶2]"
    ) in text
    assert "Accounts -------- - Members: 20 members [Later ¶7]" in text
    shown = json.loads(casebook("show", "growers", "--json", "--book", contested).out)
    figure_json = next(one for one in shown["figures"] if one["slug"] == "members")
    assert [one["value"] for one in figure_json["accounts"]] == ["12", "15", "14-16", "20"]
    assert figure_json["accounts"][3]["citations"] == [{"source": "n", "locator": "para. 7"}]


@pytest.mark.parametrize(
    ("accounts", "words"),
    [
        ('"15"', "an account of 'members' has no citation"),
        ('"many people [@m, para. 3]"', "'many people' is not valid for 'value'"),
        ('"12 [@m, para. 3]"', "two accounts of 'members' say 12; cite both sources in one"),
        ("{qualifier: about}", "'value' is missing"),
    ],
)
def test_each_fault_of_an_account_of_a_figure(accounts: str, words: str, tmp_path: Path) -> None:
    growers = SMALL_PACK["organisations/growers.md"].replace(
        MEMBERS, f"{MEMBERS}, accounts: [{accounts}]"
    )
    pack = {**SMALL_PACK, "organisations/growers.md": growers}
    (found,) = _problems(write_files(tmp_path / "pack", {**pack}))
    assert words in found
    assert found.startswith("organisations/growers.md:9:")


def test_a_volume_cannot_name_a_figure_that_is_not_there(tmp_path: Path) -> None:
    for slug, words in (
        ("member", "no earlier volume has a figure 'member' of growers; did you mean 'members'?"),
        ("levy", "no earlier volume has a figure 'levy' of growers"),
    ):
        addition = (
            f'---\nadds_to: growers\naccounts: {{figure: {slug}, value: "2 [@n, para. 7]"}}\n---\n'
        )
        packs = [
            write_files(tmp_path / slug / "a", dict(SMALL_PACK)),
            write_files(tmp_path / slug / "b", {**MORE, "additions/growers.md": addition}),
        ]
        (found,) = _problems(*packs)
        assert words in found


def test_what_is_contested_can_be_searched_for(contested: Path, casebook: Run) -> None:
    def found(query: str) -> set[str]:
        ran = casebook("search", query, "--json", "--book", contested)
        return {hit["slug"] for hit in json.loads(ran.out)["hits"]}

    assert found("is:contested") == {"nosaku", "growers"}
    assert found("is:contested kind:firm") == {"nosaku"}
    assert found("kind:firm -is:contested") == {"founder"}
    ran = casebook("search", "is:nothing bell", "--book", contested)
    assert "is:nothing is left out" in ran.out + ran.err


def _when(edtf: str) -> When:
    return When(text=edtf, edtf=edtf, bounds=bounds_of(edtf))


@given(st.lists(st.sampled_from(EDTF), min_size=1, max_size=5))
def test_what_is_common_leaves_room_for_each(edtfs: list[str]) -> None:
    dates = [_when(edtf) for edtf in edtfs]
    merged = merged_accounts([PackAccount(date, None, Spot("a")) for date in dates])
    for date in dates:
        own, hull = date.bounds, merged.bounds
        assert hull.earliest_begin is None or own.earliest_begin is not None
        assert Bounds(own.earliest_begin, None, None, own.latest_end).is_within(
            Bounds(hull.earliest_begin, None, None, hull.latest_end)
        )
        assert own.always_had_been or Bounds(None, own.latest_begin, None, None).is_within(
            Bounds(None, hull.latest_begin, None, None)
        )
        assert own.unended or Bounds(None, None, own.earliest_end, None).is_within(
            Bounds(None, None, hull.earliest_end, None)
        )
        assert date.text in merged.text
    assert Bounds.hull([merged.bounds, *(date.bounds for date in dates)]) == merged.bounds
    assert bounds_of(merged.edtf) == merged.bounds


def test_a_book_without_accounts_is_asked_for_none(small_book: Path, contested: Path) -> None:
    asked: list[str] = []
    with open_book(small_book) as book:
        book.connection.set_trace_callback(asked.append)
        page(book, "nosaku")
    assert asked
    assert not [sql for sql in asked if re.search(r"\baccount\b", sql)]
    with open_book(contested) as book:
        book.connection.set_trace_callback(asked.append)
        page(book, "nosaku")
    # One for the digest of the page, one for its events and one for its figures.
    assert len([sql for sql in asked if re.search(r"FROM account\b", sql)]) == 3


def test_commands_and_exports_give_every_account(contested: Path, casebook: Run) -> None:
    def run(*words: str) -> str:
        ran = casebook(*words, "--book", contested)
        assert ran.code == 0, ran
        return ran.out

    shown = json.loads(run("show", "nosaku", "--json"))
    event = next(one for one in shown["events"] if one["key"] == "bell")
    assert [one["edtf"] for one in event["accounts"]] == [
        "[1995..1999]", "2001", "2003", "[1985..1989]",
    ]  # fmt: skip
    assert [one["place"] for one in event["accounts"]] == ["Takaoka", None, "New Zealand", None]
    assert [one["volume"] for one in event["accounts"]] == ["small", "small", "small", "more"]
    assert event["place"] == "Takaoka or New Zealand"
    rows = list(csv.DictReader(io.StringIO(run("timeline", "nosaku", "--format", "csv"))))
    bells = [row for row in rows if row["key"] == "bell"]
    assert [row["lane"] for row in bells] == ["Takaoka", "New Zealand"]
    assert "before 1990 [Later ¶6]" in bells[0]["accounts"]
    assert bells[0]["meaning"] == "some time in 1985–2003, over all accounts"
    told = run("timeline", "nosaku")
    assert told.count("A wind-bell sells") == 1
    assert "in 2003 (New Zealand) [Mitsui 2010 ¶13]" in " ".join(told.split())
    assert "Later" in run("cite", "nosaku#bell")
    handout = run("export", "handout", "nosaku", "--part", "timeline")
    assert "(Takaoka) (Mitsui, 2010, paras. 9–10); **2001** (Mitsui, 2010, para. 11)" in handout
    aligned = run("timeline", "nosaku", "founder", "--align", "other", "--format", "list")
    assert "over all accounts" in " ".join(aligned.split())
