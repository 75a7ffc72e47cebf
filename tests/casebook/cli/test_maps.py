"""`casebook map`, as it is typed."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Ran


def test_the_map_of_an_alliance(casebook: Callable[..., Ran]) -> None:
    ran = casebook("map", "asiro-gentian-alliance")
    assert ran.code == 0
    for words in ("Asiro", "New Zealand", "Chile", "Netherlands", "their order is not known"):
        assert words in " ".join(ran.out.split())
    assert max(map(len, ran.out.splitlines())) <= 100


def test_the_same_as_a_list(casebook: Callable[..., Ran]) -> None:
    ran = casebook("map", "asiro-gentian-alliance", "--format", "list")
    assert "41.5° S, 172.8° E, the middle of the country" in ran.out
    assert "Asiro to New Zealand" in ran.out


def test_the_same_as_json(casebook: Callable[..., Ran]) -> None:
    found = json.loads(casebook("map", "--json").out)
    named = {place["slug"]: place for place in found["places"]}
    assert named["kyoto"]["latitude"] == pytest.approx(35.0, abs=0.1)
    assert named["europe"]["latitude"] is None


def test_a_picture_that_fetches_nothing(casebook: Callable[..., Ran], tmp_path: Path) -> None:
    target = tmp_path / "map.svg"
    assert casebook("map", "asiro-gentian-alliance", "-o", str(target)).code == 0
    root = ElementTree.parse(target).getroot()
    assert root.tag.endswith("svg")
    words = "".join(root.itertext())
    assert "New Zealand" in words
    assert "href" not in target.read_text("utf-8")


def test_a_region_near_by(casebook: Callable[..., Ran]) -> None:
    ran = casebook("map", "--around", "Kyoto", "--degrees", "10")
    assert ran.code == 0
    assert "Kyoto" in ran.out
    assert "New Zealand" not in ran.out


def test_a_place_that_is_not_on_the_map(casebook: Callable[..., Ran]) -> None:
    ran = casebook("map", "nosaku", "--around", "atlantis")
    assert ran.code == 1
    assert "no place 'atlantis' on this map. It has " in ran.err
