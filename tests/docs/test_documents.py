"""What the documents name is there."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.conftest import ROOT
from tests.docs.documents import DOCUMENTS, in_code_marks, name_of, without_code

_LINK = re.compile(r"\[(?:[^\[\]]|\[[^\]]*\])*\]\(<?([^)>\s]+)>?\)")
_FOLDERS = "|".join(path.name for path in ROOT.iterdir() if path.is_dir() and path.name[0] != ".")
_PATH = re.compile(rf"(?:{_FOLDERS})/[\w./-]*|[\w-]+\.(?:md|toml|txt)|Makefile|\.ci/run")
_OF_A_PACK = {"name.md"}


def _anchors(document: Path) -> set[str]:
    """The headings of a document as links name them."""
    found: set[str] = set()
    for line in without_code(document.read_text(encoding="utf-8")).splitlines():
        if line.startswith("#"):
            words = re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower())
            found.add(words.strip().replace(" ", "-"))
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "``", without_code(document.read_text(encoding="utf-8")))
    for link in _LINK.findall(text):
        if re.match(r"https?://", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), f"{document.name}: {link}"
        if anchor:
            assert anchor in _anchors(target), f"{document.name}: {link}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_files_that_are_named_exist(document: Path) -> None:
    words = in_code_marks(without_code(document.read_text(encoding="utf-8")))
    for name in words:
        if _PATH.fullmatch(name) and name not in _OF_A_PACK:
            there = [document.parent / name, ROOT / name, ROOT / "data" / "niches" / name]
            assert any(path.exists() for path in there), f"{document.name}: `{name}`"


def test_every_document_is_reached_from_the_readme() -> None:
    """Directly, or from the list of the decisions."""
    linked: set[Path] = set()
    for page in (ROOT / "README.md", ROOT / "docs" / "decisions" / "README.md"):
        for link in _LINK.findall(page.read_text(encoding="utf-8")):
            linked.add((page.parent / link).resolve())
    for document in DOCUMENTS:
        if document != ROOT / "README.md":
            assert document in linked, f"README.md does not lead to {name_of(document)}"


def test_every_picture_is_shown_and_said_in_words() -> None:
    shown: dict[str, str] = {}
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for words, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text):
            shown[Path(path).name] = words
    files = {path.name for path in (ROOT / "docs" / "pictures").glob("*.svg")}
    assert files == set(shown)
    assert all(len(words) > 10 for words in shown.values())
