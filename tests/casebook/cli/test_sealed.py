"""What commands say of a case that is sealed, or not of the seminar."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.pack.build import build_volumes
from casebook.seminar.building import build_seminar
from tests.conftest import Ran, write_files
from tests.edition_packs import PACK, PLAN

SEALED = "founder: sealed until your lecturer reveals it."


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sealed")
    build_volumes([write_files(folder / "pack", dict(PACK))], folder / "whole.sqlite")
    (folder / "seminar.yaml").write_text(PLAN, encoding="utf-8")
    built = build_seminar(folder / "seminar.yaml", folder / "whole.sqlite", folder / "out", "book")
    return built.folder / "students/bells-first.sqlite"


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
        (("nosaku", "b", "met"), "'b' is no point that Bells first rates; it has a."),
        (("growers", "a", "met"), "'growers' is no case of Bells first; it has nosaku, takaoka."),
        (("founder", "a", "met"), SEALED),
        (("founder", "a", "met", "--framework", "checklist"), SEALED),
    ):
        refused = rate(*said)
        assert refused.code == 1, refused
        assert why in refused.err
    assert rate("nosaku", "b", "met", "--framework", "checklist").code == 0
