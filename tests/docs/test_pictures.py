"""The pictures: drawn by the program, the same every time, and complete in themselves."""

from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest

from docs.pictures import FOLDER, PICTURES, Picture, drawn


def _words(svg: str) -> list[str]:
    texts = (unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg))
    return [words for text in texts if (words := text.replace("\u00a0", " ").strip())]


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_pictures_are_whole(picture: Picture) -> None:
    svg = (FOLDER / f"{picture.name}.svg").read_text(encoding="utf-8")
    ElementTree.fromstring(svg)
    assert "@font-face" not in svg
    assert not re.search(r"url\((?!#)", svg)
    assert not re.search(r"\b(href|src)=", svg)
    assert len(_words(svg)) > 10


def test_a_picture_is_the_same_every_time() -> None:
    assert drawn(PICTURES[0]) == drawn(PICTURES[0])


def test_there_is_no_picture_that_nothing_draws() -> None:
    assert {path.stem for path in FOLDER.glob("*.svg")} == {picture.name for picture in PICTURES}
