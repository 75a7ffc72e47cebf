"""Books of several volumes as they are read: lists, pages, exports."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran
from tests.volume_packs import build_three


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of three volumes."""
    return build_three(tmp_path_factory.mktemp("volumes"))


def test_show_puts_what_is_added_below_a_rule(
    three: Path, small_book: Path, casebook: Callable[..., Ran]
) -> None:
    alone = casebook("show", "nosaku", "--book", small_book).out
    shown = casebook("show", "nosaku", "--book", three).out
    before, more, own = shown.split("Added by ")
    assert before.rstrip("\n ─") == alone.split("\nSources\n")[0].rstrip()
    assert before.rstrip().endswith("─" * 80)
    assert more.startswith("More cases\n")
    for words in ("Since then", "Exhibit 3", "b Products: not met", "Another bell", "9 people"):
        assert words in more
        assert words not in before + own
    assert "2. And then?" in more
    assert own.startswith("My seminar\n")
    assert "3. What would you do?" in own
    assert "Later" in own.split("\nSources\n")[1]


def test_json_says_which_volume_says_what(three: Path, casebook: Callable[..., Ran]) -> None:
    page = json.loads(casebook("show", "nosaku", "--book", three, "--json").out)
    assert page["volume"] == "small"
    assert page["added_by"] == ["more", "own"]
    assert {event["key"]: event["volume"] for event in page["events"]} == {
        "bell": "small",
        "visit": "more",
        "second-bell": "more",
    }
    for part in ("passages", "relations", "figures", "assessments", "exhibits"):
        assert {said["volume"] for said in page[part]} >= {"more"}, part
    assert page["passages"][-1]["volume"] == "own"
    listed = json.loads(casebook("list", "--book", three, "--json").out)
    assert {entry["slug"]: entry["volume"] for entry in listed}["founder"] == "more"
    compared = json.loads(casebook("compare", "nosaku", "founder", "--book", three, "--json").out)
    said = {row["criterion"]: row["cells"][0].get("volume") for row in compared["rows"]}
    assert said == {"a": "small", "b": "more"}


def test_a_book_of_one_volume_says_it_once(small_book: Path, casebook: Callable[..., Ran]) -> None:
    page = json.loads(casebook("show", "nosaku", "--book", small_book, "--json").out)
    assert (page["volume"], page["added_by"]) == ("small", [])
    assert not any("volume" in event for event in page["events"])


def test_a_handout_puts_what_is_added_below_its_title(
    three: Path, tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    out = tmp_path / "handout.md"
    done = casebook("export", "handout", "nosaku", "-o", out, "--book", three)
    assert done.code == 0, done.err
    text = out.read_text(encoding="utf-8")
    cases, questions = text.split("## Questions for discussion")
    own, more = cases.split("#### Added by More cases", 1)
    assert "More bells were cast" not in own
    assert "More bells were cast" in more
    assert "Exhibit 3." in more
    assert "Events: Nosaku, added by More cases" in more
    assert "As seen by us" in more.split("#### Added by My seminar", 1)[1]
    asked = [line for line in questions.splitlines() if line.strip()]
    assert asked[:6] == [
        "### Nosaku",
        "1. Why bells?",
        "#### Added by More cases",
        "2. And then?",
        "#### Added by My seminar",
        "3. What would you do?",
    ]
