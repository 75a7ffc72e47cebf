"""`casebook seminar present`, as far as it goes without a terminal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.seminar.class_places import ClassPlace
from casebook.seminar.collecting import collect
from casebook.seminar.planned import Seminar
from tests.casebook.seminar.classes import PLAN, PLANNED, simulated, write_answer_files
from tests.conftest import Ran


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A class of the seminar `bells`."""
    made = tmp_path / "class.sqlite"
    assert not collect(
        made, write_answer_files(tmp_path / "answers", simulated(3)), PLANNED
    ).refused
    return made


def test_the_class_of_another_seminar_is_refused(
    casebook: Callable[..., Ran], small_book: Path, path: Path, tmp_path: Path
) -> None:
    (tmp_path / "seminar.yaml").write_text(PLAN.replace("bells", "drums", 1), encoding="utf-8")
    ran = casebook(
        "seminar", "present", "seminar.yaml", "--class", path, "--book", small_book, cwd=tmp_path
    )
    assert ran.code == 1
    assert "class.sqlite is a class of the seminar 'bells', not of 'drums'." in ran.err
    ClassPlace(str(path)).check_seminar("bells")


@pytest.mark.parametrize("restart", [[], ["--restart"]])
def test_the_option_begins_anew(
    small_book: Path,
    path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    restart: list[str],
) -> None:
    from typer.testing import CliRunner

    import casebook.cli.presenting  # noqa: F401  (adds its command)
    from casebook.cli.seminar import seminar_app

    opened: list[tuple[str, str, bool]] = []

    def run_app(
        _book: Path,
        _notebook: Path,
        *,
        shown_class: ClassPlace,
        presented: Seminar,
        begins_anew: bool,
    ) -> int:
        opened.append((presented.slug, shown_class.where, begins_anew))
        return 0

    monkeypatch.setattr("tui.front_door.run_app", run_app)
    plan = tmp_path / "seminar.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    words = ["present", str(plan), "--class", str(path), "--book", str(small_book), *restart]
    ran = CliRunner().invoke(seminar_app, words, catch_exceptions=False)
    assert ran.exit_code == 0, ran.output
    assert opened == [("bells", str(path), bool(restart))]
