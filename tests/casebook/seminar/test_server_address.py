"""Addresses of servers, and the line by which a class is joined."""

from __future__ import annotations

import pytest

from casebook.seminar.server_address import code_shown, code_typed, is_server, joining_line

URL = "postgresql://casebook_student_1:x@db.example.org/seminars"


@pytest.mark.parametrize(
    "line",
    [
        f"casebook class join '{URL}' --code K7QM-3VTX-9PWZ",
        f'  casebook class join "{URL}" --code=K7QM-3VTX-9PWZ --name Yuki ',
        f"{URL} K7QM-3VTX-9PWZ",
        f"--code K7QM-3VTX-9PWZ {URL}",
    ],
)
def test_a_line_has_an_address_and_a_code(line: str) -> None:
    assert joining_line(line) == (URL, "K7QM-3VTX-9PWZ")


@pytest.mark.parametrize(
    "line", ["", URL, "--code K7QM-3VTX-9PWZ", f"{URL} {URL} --code X", "--code"]
)
def test_a_line_without_both_is_none(line: str) -> None:
    assert joining_line(line) is None


def test_a_code_is_the_same_however_it_is_typed() -> None:
    assert code_typed("k7qm-3vtx 9pwz") == "K7QM3VTX9PWZ"
    assert code_shown("K7QM3VTX9PWZ") == "K7QM-3VTX-9PWZ"


@pytest.mark.parametrize("name", ["class.sqlite", "postgresql", "./postgresql://x", "https://x"])
def test_a_file_is_no_server(name: str) -> None:
    assert not is_server(name)
