"""Accounts of ratings and outcomes: sources that disagree on how a case meets a point or fared."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.book import filters
from casebook.book.connection import open_book
from casebook.book.entries import all_lines, slugs
from casebook.book.filters import EntryFilter
from casebook.book.pages import page
from casebook.book.resting import resting_on
from casebook.pack.build import build_book, build_volumes
from casebook.pack.unpacked import write_pack as unpack
from casebook.pack.volumes import check_packs
from casebook.vocabulary import CONTESTED, ContestedPart, Outcome, Rating
from tests.conftest import SMALL_PACK, Ran, write_files
from tests.reading_packs import (
    ADDED_READINGS,
    DISAGREEING,
    UPON_THEM,
    build_disagreeing,
    with_addition,
    with_readings,
)
from tests.volume_packs import MORE

Run = Callable[..., Ran]


@pytest.fixture(scope="module")
def disagreeing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_disagreeing(tmp_path_factory.mktemp("disagreeing"))


def _problems(*packs: Path) -> list[str]:
    problems, _ = check_packs(packs)
    root = f"{packs[0].parent}/"
    return [str(problem).replace(root, "") for problem in problems.in_order()]


def test_every_account_of_a_rating_is_kept_with_who_says_it(disagreeing: Path) -> None:
    with open_book(disagreeing) as book:
        found = page(book, "nosaku")
        (line,) = [one for one in found.assessments if one.key == "a"]
        assert line.rating is CONTESTED
        assert [one.rating for one in line.accounts] == [Rating.MET, Rating.NOT_MET, Rating.PARTLY]
        assert [one.is_own for one in line.accounts] == [True, False, False]
        assert [one.volume for one in line.accounts] == ["", "small", "more"]
        cited = [[(c.source, c.locator) for c in one.citations] for one in line.accounts]
        assert cited == [[("m", "para. 9")], [("m", "para. 11")], [("n", "para. 6")]]
        # What knows nothing of accounts has the words and the citations of all.
        assert line.evidence == (
            "met: It has one; not met: It has none; partly: It has half of one"
        )
        assert [c.locator for c in line.citations] == ["para. 9", "para. 11", "para. 6"]
        assert not book.faults
        rests = [one.words for one in resting_on(book, "n", [6, 7]).lines]
        assert sorted(rests) == ["a partly: It has half of one", "outcome failed: it closes"]


def test_every_account_of_an_outcome_is_kept_with_who_says_it(disagreeing: Path) -> None:
    with open_book(disagreeing) as book:
        entry = page(book, "nosaku").entry
        assert entry.outcome is CONTESTED
        assert entry.outcomes == (Outcome.SUCCESS, Outcome.STRUGGLING, Outcome.FAILED)
        assert entry.outcome_said == "success or struggling or failed"
        told = [(one.note, one.is_own, one.volume) for one in entry.outcome_accounts]
        assert told == [("it sells", True, ""), ("few buy", False, "small"), ("it closes", False, "more")]  # fmt: skip
        assert [one.citations[0].locator for one in entry.outcome_accounts] == [
            "para. 9", "para. 12", "para. 7",
        ]  # fmt: skip
        (listed,) = [one for one in all_lines(book) if one.slug == "nosaku"]
        assert listed.outcomes == entry.outcomes


def test_the_page_gives_each_with_its_citation(disagreeing: Path, casebook: Run) -> None:
    said = " ".join(casebook("show", "nosaku", "--book", disagreeing).out.split())
    assert (
        "Outcome success: it sells [Mitsui 2010 ¶9]; struggling: few buy [Mitsui 2010 ¶12];"
        " failed: it closes [Later ¶7]"
    ) in said
    assert (
        "a Vision: contested – met: It has one [Mitsui 2010 ¶9]; not met: It has none"
        " [Mitsui 2010 ¶11]; partly: It has half of one [Later ¶6]"
    ) in said
    _, _, added = said.partition("Added by More cases")
    assert "a Vision: partly: It has half of one [Later ¶6]" in added
    assert "Outcome: failed: it closes [Later ¶7]" in added


def test_the_json_has_them(disagreeing: Path, casebook: Run) -> None:
    found = json.loads(casebook("show", "nosaku", "--book", disagreeing, "--json").out)
    assert (found["outcome"], found["outcomes"]) == (
        "contested", ["success", "struggling", "failed"],
    )  # fmt: skip
    assert found["outcome_accounts"][1:] == [
        {
            "outcome": "struggling",
            "note": "few buy",
            "citations": [{"source": "m", "locator": "para. 12"}],
            "volume": "small",
        },
        {
            "outcome": "failed",
            "note": "it closes",
            "citations": [{"source": "n", "locator": "para. 7"}],
            "volume": "more",
        },
    ]
    rated = {one["criterion"]: one for one in found["assessments"]}
    assert rated["a"]["rating"] == "contested"
    assert [(one["rating"], one["volume"]) for one in rated["a"]["accounts"]] == [
        ("met", "small"), ("not met", "small"), ("partly", "more"),
    ]  # fmt: skip
    assert "accounts" not in rated["b"]


def test_the_packs_come_back_and_build_the_same(disagreeing: Path, tmp_path: Path) -> None:
    with open_book(disagreeing) as book:
        unpack(book, tmp_path / "out")
    again = tmp_path / "again.sqlite"
    build_volumes([tmp_path / "out" / "small", tmp_path / "out" / "more"], again)
    assert again.read_bytes() == disagreeing.read_bytes()
    build_book(write_files(tmp_path / "small", dict(DISAGREEING)), tmp_path / "small.sqlite")
    upon = tmp_path / "upon.sqlite"
    build_volumes(
        [write_files(tmp_path / "m", dict(UPON_THEM))], upon, on=tmp_path / "small.sqlite"
    )
    assert upon.read_bytes() == disagreeing.read_bytes()


def test_a_volume_may_add_nothing_but_an_account_of_each(tmp_path: Path) -> None:
    addition = f"---\nadds_to: nosaku\n{ADDED_READINGS}---\n"
    packs = [
        write_files(tmp_path / "a", dict(SMALL_PACK)),
        write_files(tmp_path / "b", {**MORE, "additions/nosaku.md": addition}),
    ]
    build_volumes(packs, tmp_path / "book.sqlite")
    with open_book(tmp_path / "book.sqlite") as book:
        found = page(book, "nosaku")
        assert [volume.slug for volume, _ in found.additions] == ["more"]
        assert found.entry.outcomes == (Outcome.SUCCESS, Outcome.FAILED)
        unpack(book, tmp_path / "out")
    text = (tmp_path / "out" / "more" / "additions" / "nosaku.md").read_text(encoding="utf-8")
    assert "point: checklist a" in text
    assert "outcome: 'failed: it closes [@n, para. 7]'" in text


@pytest.mark.parametrize(
    ("account", "words"),
    [
        ('{rating: not met, evidence: "None"}', "this account of 'checklist a' has no citation"),
        ('{rating: not met, evidence: "[@m, para. 9]"}', "rating 'not met' has no evidence"),
        ('{rating: met, evidence: "So [@m, para. 3]"}', "two accounts of 'checklist a' say met;"),
        ('{rating: silent, evidence: "So [@m, para. 3]"}', "rating 'silent' is not known"),
        ('{rating: contested, evidence: "So [@m, para. 3]"}', "rating 'contested' is not known"),
        ("{rating: not met}", "'evidence' is missing"),
        ('{rating: not met, evidence: "No [@m, para. 99]"}', "m has paragraphs 1 to 20, not 99"),
    ],
)
def test_each_fault_of_a_rating(account: str, words: str, tmp_path: Path) -> None:
    pack = write_files(tmp_path / "pack", {**with_readings(of_rating=f", accounts: {account}")})
    (found,) = _problems(pack)
    assert words in found
    assert found.startswith("firms/nosaku.md:25:"), found


@pytest.mark.parametrize(
    ("account", "words"),
    [
        ('"failed: gone"', "this account of the outcome has no citation"),
        ('"gone: away [@m, para. 3]"', "outcome 'gone' is not known; use success, mixed,"),
        ('"contested: so [@m, para. 3]"', "outcome 'contested' is not known"),
        ('"success: still [@m, para. 3]"', "two accounts of 'outcome' say success; cite both"),
    ],
)
def test_each_fault_of_an_outcome(account: str, words: str, tmp_path: Path) -> None:
    accounts = f"accounts:\n  - outcome: {account}\n"
    (found,) = _problems(write_files(tmp_path / "pack", {**with_readings(of_outcome=accounts)}))
    assert words in found
    assert found.startswith("firms/nosaku.md:14:"), found


def test_an_account_needs_what_it_contradicts(tmp_path: Path) -> None:
    growers = SMALL_PACK["organisations/growers.md"].replace(
        "summary:", 'accounts: {outcome: "failed: gone [@m, para. 3]"}\nsummary:', 1
    )
    pack = write_files(tmp_path / "a", {**SMALL_PACK, "organisations/growers.md": growers})
    (found,) = _problems(pack)
    assert "there is no 'outcome' here that this could contradict" in found


@pytest.mark.parametrize(
    ("added", "words"),
    [
        (
            '{point: checklist c, rating: met, evidence: "So [@n, para. 6]"}',
            "no earlier volume rates nosaku on 'checklist c'; did you mean 'checklist a'?",
        ),
        (
            '{point: checklist b, rating: met, evidence: "So [@n, para. 6]"}',
            "the rating of 'checklist b' stands in this file; write its accounts there",
        ),
        (
            '{point: checklist a, rating: met, evidence: "So [@n, para. 6]"}',
            "two accounts of 'checklist a' say met; cite both sources in one",
        ),
    ],
)
def test_each_fault_of_an_added_rating(added: str, words: str, tmp_path: Path) -> None:
    packs = [
        write_files(tmp_path / "a", dict(SMALL_PACK)),
        write_files(tmp_path / "b", {**with_addition(f"accounts:\n  - {added}\n")}),
    ]
    (found,) = _problems(*packs)
    assert words in found
    assert found.startswith("b/additions/nosaku.md:4:")


def test_a_volume_cannot_contradict_an_outcome_that_is_not_there(tmp_path: Path) -> None:
    addition = '---\nadds_to: growers\naccounts: {outcome: "failed: gone [@n, para. 6]"}\n---\n'
    packs = [
        write_files(tmp_path / "a", dict(SMALL_PACK)),
        write_files(tmp_path / "b", {**MORE, "additions/growers.md": addition}),
    ]
    (found,) = _problems(*packs)
    assert found.startswith(
        "b/additions/growers.md:3: no earlier volume gives an outcome of growers"
    )


def test_a_second_rating_of_a_point_is_told_how_to_contradict(tmp_path: Path) -> None:
    rated = '  - {point: checklist a, rating: not met, evidence: "None [@n, para. 5]"}\n'
    addition = MORE["additions/nosaku.md"].replace("assessments:\n", f"assessments:\n{rated}")
    packs = [
        write_files(tmp_path / "a", dict(SMALL_PACK)),
        write_files(tmp_path / "b", {**MORE, "additions/nosaku.md": addition}),
    ]
    (found,) = _problems(*packs)
    assert "the rating of 'checklist a' is at" in found
    assert found.endswith(" already; if a source says otherwise, write it under 'accounts'")


def test_filters_find_it_under_every_outcome(disagreeing: Path, casebook: Run) -> None:
    with open_book(disagreeing) as book:
        for outcome in (Outcome.SUCCESS, Outcome.STRUGGLING, Outcome.FAILED):
            assert "nosaku" in slugs(book, EntryFilter(outcomes=(outcome,)))
        assert slugs(book, EntryFilter(outcomes=(Outcome.OPEN,))) == []
        found = filters.facets(book)
        counts = {one.value: one.entries for one in found["outcomes"]}
        assert counts == {"success": 1, "mixed": 1, "struggling": 1, "failed": 2}
        contested = {one.label: one.entries for one in found["contested"]}
        assert contested == {"outcome": 1, "rating": 1}
        # As those of the other facets, the counts are of what the rest of the filter allows.
        failed = filters.facets(book, EntryFilter(outcomes=(Outcome.FAILED,)), ["founder"])
        assert failed["contested"] == []
        chosen = EntryFilter(contested=(ContestedPart.RATING,))
        assert slugs(book, chosen) == ["nosaku"]
        assert filters.words_of(book, chosen) == "contested rating"
    for words in (["search", "outcome:failed"], ["search", "outcome:success"],
                  ["search", "outcome:contested"], ["search", "is:contested"],
                  ["list", "--outcome", "struggling"], ["list", "--contested", "outcome"]):  # fmt: skip
        assert "nosaku" in casebook(*words, "--book", disagreeing).out, words
    assert "nosaku" not in casebook("search", "outcome:mixed", "--book", disagreeing).out


def test_a_book_whose_sources_agree_has_no_such_facet(small_book: Path) -> None:
    with open_book(small_book) as book:
        assert filters.facets(book)["contested"] == []
