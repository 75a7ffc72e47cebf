"""The pinned versions with their hashes are those that are tested."""

from __future__ import annotations

import re

from tests.conftest import ROOT

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)


def _pins(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return {
        re.sub(r"[-_.]+", "-", package).lower(): version for package, version in _PIN.findall(text)
    }


def test_every_pin_has_its_hashes_and_is_the_tested_one() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pins, tested = _pins("requirements.txt"), _pins("constraints.txt")
    elsewhere = {"colorama"}  # needed on Windows alone
    assert {name: tested.get(name) for name in pins.keys() - elsewhere} == {
        name: version for name, version in pins.items() if name not in elsewhere
    }
    for entry in re.split(r"\n(?=[a-z])", text)[1:]:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry
    assert "://" not in text


def test_all_that_casebook_needs_is_among_them() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    needed = [*project["dependencies"], *extras["export"], *extras["import"]]
    names = {
        re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement)[0]).lower()
        for requirement in needed
    }
    assert names <= _pins("requirements.txt").keys()
