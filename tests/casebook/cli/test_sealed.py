"""What commands say of a case that is sealed, or not of the seminar."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran
from tests.edition_packs import seminar_edition
from tests.many_commands import run_commands

SEALED = "founder: sealed until your lecturer reveals it."


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return seminar_edition(tmp_path_factory.mktemp("sealed"))


@pytest.mark.parametrize("command", ["timeline", "map"])
def test_a_sealed_case_is_said_to_be_sealed(
    casebook: Callable[..., Ran], edition: Path, command: str
) -> None:
    refused = casebook(command, "founder", "--book", edition)
    assert (refused.code, refused.out) == (1, "")
    assert SEALED in refused.err
    shown = casebook(command, "nosaku", "founder", "--book", edition)
    assert shown.code == 0
    assert shown.out
    assert SEALED in shown.err
    assert SEALED not in casebook(command, "nosaku", "--book", edition).err


def test_what_would_not_be_handed_in_is_not_rated(
    casebook: Callable[..., Ran], edition: Path, tmp_path: Path
) -> None:
    def rate(*said: object) -> Ran:
        notebook = ("--notebook", tmp_path / "n.sqlite")
        return casebook("answers", "rate", *said, "--book", edition, *notebook)

    assert rate("nosaku", "a", "met").code == 0
    for said, why in (
        (("nosaku", "b", "met"), "'b' is not a point that Bells first rates; it has a."),
        (
            ("growers", "a", "met"),
            "'growers' is not a case of Bells first; it has nosaku, takaoka.",
        ),
        (("founder", "a", "met"), SEALED),
        (("founder", "a", "met", "--framework", "checklist"), SEALED),
    ):
        refused = rate(*said)
        assert refused.code == 1, refused
        assert why in refused.err
    assert rate("nosaku", "b", "met", "--framework", "checklist").code == 0


NOTHING_KNOWN = re.compile(
    r"\bno (events?|places?|ratings?|entry|entries|sources?|passages?)\b(?! is selected)"
    r"|nothing (was|else|is known)|not known|says? nothing|there (is|are) no|has no\b(?! other)"
    r"|none of|fewer than two",
    re.IGNORECASE,
)
"""How commands say that nothing is known."""

ASKED: tuple[tuple[str, ...], ...] = (
    ("show", "founder"),
    ("list", "--kind", "firm"),
    ("list", "--outcome", "failed"),
    ("search", "outcome:failed"),
    ("search", "met:a"),
    ("search", "hidden-story-words"),
    ("search", "zzzzzzzzzz"),
    ("timeline", "founder"),
    ("timeline", "founder", "nosaku"),
    ("timeline", "founder", "nosaku", "--align", "trouble", "--milestone", "founder#closing"),
    ("map", "founder"),
    ("map", "founder", "nosaku", "--format", "list"),
    ("quiz", "founder"),
    ("quiz", "nosaku"),
    ("patterns", "nosaku", "founder"),
    ("compare", "founder"),
    ("compare", "nosaku", "founder", "--show", "gaps"),
    ("cite", "founder#closing"),
    ("cite", "founder#checklist/b"),
    ("cite", "nosaku#checklist/a"),
    ("export", "handout", "founder"),
    ("export", "references", "founder"),
    ("export", "table", "founder"),
    ("notes", "add", "founder", "words", "--on", "event:closing"),
    ("answers", "rate", "founder", "a", "met"),
)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="commands are run in forks")
def test_no_command_tells_what_is_sealed_as_if_nothing_were_known(
    edition: Path, tmp_path: Path
) -> None:
    done = run_commands(ASKED, tmp_path, CASEBOOK_BOOK=str(edition))
    assert len(done) == len(ASKED)
    for each in done:
        told = (each.out + each.err).decode()
        where = f"{each.arguments}: {told}"
        assert each.code in (0, 1), where
        assert "sealed" in told.casefold(), where
        lines = told.splitlines()
        for at, line in enumerate(lines):
            if NOTHING_KNOWN.search(line):
                around = " ".join(lines[max(at - 2, 0) : at + 3])
                assert "ealed until your lecturer reveals" in around, where
