"""A host is shown so that it passes for no other one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.hosts import shown_host
from casebook.safe_text import made_safe_line


@pytest.mark.parametrize(
    "host", ["example.org", "能作.jp", "日本コーヒーcafe.jp", "münchen.de", "한국.kr"]
)
def test_a_host_of_one_script_can_be_read(host: str) -> None:
    assert shown_host(host) == host


@pytest.mark.parametrize(
    "host",
    [
        "\u0430pple.com",  # a Cyrillic a
        "\u0430\u0440\u0440\u04cf\u0435.com",  # Cyrillic throughout
        "g\u03bf\u03bfgle.com",  # Greek os
        "goog\u0301le.com",
        "ex\u202eample.org",
    ],
)
def test_a_host_that_passes_for_another_is_shown_in_ascii(host: str) -> None:
    shown = shown_host(host)
    assert shown.isascii()
    assert shown.startswith("xn--")


@given(st.text(max_size=80))
def test_any_host_is_safe_to_show(host: str) -> None:
    shown = shown_host(host)
    assert made_safe_line(shown) == shown
