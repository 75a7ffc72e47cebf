"""The settings: read forgivingly, written without losing a comment."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from casebook import settings
from casebook.errors import CasebookError
from casebook.settings import Settings
from tests.systems import needs_links


def test_without_a_file_all_is_as_usual(tmp_path: Path) -> None:
    assert settings.read(tmp_path / "none.toml") == Settings()


def test_one_setting_is_changed_and_all_else_stays(tmp_path: Path) -> None:
    place = tmp_path / "settings.toml"
    text = '# my colours\ntheme = "nord" # at night\n\n[keys] # mine\nbookmark = "Z"\n'
    place.write_text(text, encoding="utf-8")
    settings.change(place, "theme", "casebook-light")
    assert place.read_text(encoding="utf-8") == text.replace('"nord"', '"casebook-light"')
    settings.change(place, "notebook_order", "tag")
    read = settings.read(place)
    assert read == Settings("casebook-light", {"bookmark": "Z"}, "tag")
    assert list(tmp_path.iterdir()) == [place]


def test_the_first_change_makes_a_file_that_explains_itself(tmp_path: Path) -> None:
    place = tmp_path / "new" / "settings.toml"
    settings.change(place, "theme", "nord")
    assert place.read_text(encoding="utf-8").startswith("# Casebook's settings.")
    assert settings.read(place) == Settings("nord")


@needs_links
def test_a_link_to_the_settings_stays_one(tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text('theme = "nord"\n', encoding="utf-8")
    link = tmp_path / "settings.toml"
    link.symlink_to(real)
    settings.change(link, "theme", "casebook-dark")
    assert link.is_symlink()
    assert settings.read(real).theme == "casebook-dark"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("theme = nord", "not TOML"),
        ("theme = 5", "theme is not text in quotes"),
        ("keys = 5", "keys is not a table"),
        ("[keys]\nbookmark = 5", "the key of bookmark"),
        ("colour = 'x'", "unknown: colour"),
        ("\x00", "not TOML"),
    ],
)
def test_what_cannot_be_understood_is_told(tmp_path: Path, text: str, words: str) -> None:
    place = tmp_path / "settings.toml"
    place.write_text(text, encoding="utf-8")
    read = settings.read(place)
    assert len(read.troubles) == 1
    assert words in read.troubles[0]
    assert read._replace(troubles=()) == Settings()


def test_a_file_with_a_fault_is_never_overwritten(tmp_path: Path) -> None:
    place = tmp_path / "settings.toml"
    place.write_text("theme = nord # nearly", encoding="utf-8")
    with pytest.raises(CasebookError, match="not TOML"):
        settings.change(place, "theme", "casebook-light")
    assert place.read_text(encoding="utf-8") == "theme = nord # nearly"


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    assert settings.read(tmp_path).troubles
    with pytest.raises(CasebookError):
        settings.change(tmp_path, "theme", "nord")


_PIECES = [
    "theme",
    "tour",
    "keys",
    " = ",
    "=",
    '"',
    '""',
    "\\",
    "#",
    "\n",
    "\r\n",
    " ",
    "a",
    "\t",
    "é",
    "1",
]


@hypothesis_settings(deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=24).map("".join))
@example('# a comment\n\ntheme = "nord"\ntour = "shown"\n')
@example('theme = "nord"\ntheme = "nord"')
def test_what_is_read_without_the_library_is_what_the_library_reads(text: str) -> None:
    read = settings.read_plainly(text)
    assert read is None or read == tomllib.loads(text)


def test_what_the_program_writes_is_read_without_the_library(tmp_path: Path) -> None:
    place = tmp_path / "settings.toml"
    settings.change(place, "tour", "shown")
    settings.change(place, "theme", "casebook-light")
    text = place.read_text(encoding="utf-8")
    assert settings.read_plainly(text) == {"tour": "shown", "theme": "casebook-light"}


@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_file_is_read(tmp_path: Path, data: bytes) -> None:
    place = tmp_path / "settings.toml"
    place.write_bytes(data)
    assert isinstance(settings.read(place), Settings)
