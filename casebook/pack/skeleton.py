"""What `casebook new` writes: a commented file for an author to fill in."""

from __future__ import annotations

import os
import re
from pathlib import Path

from casebook.atomic import new_folder, write_file
from casebook.book.connection import open_book
from casebook.book.entries import find_key, no_entry
from casebook.book.volumes import volumes
from casebook.errors import AlreadyThereError, CasebookError
from casebook.file_names import file_stem, path_within
from casebook.limits import SLUG
from casebook.pack.files import ADDITIONS
from casebook.paths import book_below
from casebook.safe_text import made_safe_line
from casebook.vocabulary import Kind

_SKELETON = """\
---
kind: {kind}
title: {title}
# unnamed: true            # if the sources give it no name and the title says what it is
# aliases:                 # other names; a source's misspelling needs a citation
#   - {{text: 能作, kind: native script}}
#   - {{text: Nosakku, kind: source spelling, note: "So in the source [@source, para. 1]"}}
summary: >-
  One or two sentences that say what this is about. Every statement ends in its citation.
  [@source, para. 1]
setting:
  place: town [@source, para. 1]           # slugs of places.yaml, the main one first
  # industry: 2432 copper casting [@source, para. 1]    # an ISIC Rev. 4 code, then your words
  # size: 12 people [@source, para. 1]
  # years: {{text: "late 1990s [@source, para. 1]", edtf: "[1995..1999]"}}
{outcome}{relations}# people:
#   - {{name: Given Family, role: managing director, note: "[@source, para. 1]"}}
{parts}# teaching:                # for lecturers; it never reaches a student's export
#   synopsis: The case in a few sentences [@source, para. 1]
#   objectives: [What students should be able to do afterwards]
#   audience: For whom it is [@own]
#   board_plan:
#     - {{minutes: 15, topic: A topic, what: What is done}}
#   answers:               # to the questions above, by key or by their words
#     - question: why
#       answer: What can be argued, for and against [@source, para. 1]
#       ratings: [success-checklist a]
#   not_known: What the sources do not say [@source, para. 1]
---

## A heading

The story, in your own words, each paragraph with its citation [@source, para. 1]. A link to
another entry names its file, as in `[Takaoka](../regions/takaoka.md)`.
"""

_RELATIONS = """\
# relations:
#   - {role: located in, to: other-entry, note: "Why [@source, para. 1]"}
"""
_PARTS = """\
# events:
#   - key: founding
#     what: What happened, in a sentence [@source, para. 1]
#     short: What happened
#     when: {text: early 2000s, edtf: "[2000..2004]"}  # the source's words, then EDTF
#     kind: founding
#     place: town
#     with: [{entry: other-entry, as: partner}]
# assessments:             # only what the sources support: met, partly or not met
#   - point: success-checklist a
#     rating: partly
#     evidence: The sentence behind the rating [@source, para. 1]
# exhibits:                # small tables; each row is cited, or the caption for all
#   - key: steps
#     caption: What the table shows [@source, para. 1]
#     columns: [Step, When]
#     rows:
#       - [A first step, "late 1990s [@source, para. 1]"]
# questions:
#   - A question for a seminar?
#   - {key: why, text: "A question that can be argued either way?"}
"""
"""What an entry and what adds to one may say alike."""

_ADDITION = """\
---
adds_to: {slug}
{relations}{parts}# figures:
#   - {{slug: share-abroad-now, value: "45", unit: "%", measures: "Of what [@source, para. 1]"}}
# accounts:                # what your sources say of an event or a figure of a volume below
#   - {{event: exports, when: "1998 [@source, para. 1]"}}
---

## A heading

What you add, in your own words, each paragraph with its citation [@source, para. 1].
"""

_OUTCOME = 'outcome: "open: why, in a few words [@source, para. 1]"\n'
_COMMENTED_OUTCOME = f"# {_OUTCOME}"


def write_skeleton(pack: Path, kind: Kind, title: str, *, slug: str | None = None) -> Path:
    """Writes the skeleton of a new entry into a pack and says where it stands.

    Raises:
        CasebookError: there is not a pack, the title makes no file name, or the file exists.
    """
    title = " ".join(title.split())
    name = slug or file_stem(title)
    if not title:
        raise CasebookError("An entry needs a title.")
    if not name or file_stem(name) != name:
        raise CasebookError(
            f"'{name or title}' makes no file name; give one of small Latin letters, digits and"
            " hyphens with --slug."
        )
    text = _SKELETON.format(
        kind=kind,
        title=quoted(title),
        outcome=_OUTCOME if kind.is_case else _COMMENTED_OUTCOME,
        relations=_RELATIONS,
        parts=_PARTS,
    )
    return _written(pack, kind.plural, name, text)


def write_addition(pack: Path, slug: str, *, on: Path | None = None) -> Path:
    """Writes the skeleton of what a pack adds to an entry of a volume below it.

    Args:
        slug: of the entry.
        on: the built book that has it: a file, or `casebook`. Without one nothing is looked up.

    Raises:
        CasebookError: there is no pack, the slug is none, or the file exists.
        NotFoundError: the book has no such entry.
    """
    if not re.fullmatch(SLUG, slug):
        raise CasebookError(
            f"'{made_safe_line(slug)}' is not the slug of an entry; `casebook list` shows them."
        )
    if on is not None:
        with open_book(book_below(on)) as book:
            if find_key(book, slug) is None:
                raise no_entry(book, slug)
    text = _ADDITION.format(slug=slug, relations=_RELATIONS, parts=_PARTS)
    return _written(pack, ADDITIONS, slug, text)


def _written(pack: Path, folder: str, name: str, text: str) -> Path:
    """Writes a new file into a folder of a pack and says where it stands."""
    if not os.path.isfile(pack / "book.yaml"):
        raise CasebookError(f"{pack} is not a pack: it has no book.yaml.")
    path = path_within(pack, folder, f"{name}.md")
    if path.parent.is_symlink():
        # The checker does not follow it, and what it leads to is no part of the pack.
        raise CasebookError(f"{path.parent} is a link; a pack's folders cannot be links.")
    try:
        path.parent.mkdir(exist_ok=True)
        write_file(path, text.encode("utf-8"))
    except FileExistsError:
        raise AlreadyThereError(f"{path} exists already; nothing was written.") from None
    except OSError as error:
        raise CasebookError(f"{path}: cannot be written: {error.strerror}.") from None
    return path


def quoted(title: str) -> str:
    """The title as YAML takes it."""
    if re.fullmatch(r"[^\W\d_][\w .()'/-]*", title) and title != "null":
        return title
    return in_quotes(title)


def in_quotes(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_NEW_PACK = {
    "book.yaml": """\
slug: {slug}
title: {title}
edition: "1"
description: What the book is about, in a sentence or two.
language: en
""",
    "places.yaml": """\
# Where things happen. A place lies within another; a lane gathers places in timelines.
places:
  - {{slug: japan, name: Japan, country: JP}}
  - {{slug: town, name: A town, country: JP, within: japan}}
""",
    "sources.json": """\
[
  {{
    "id": "source",
    "type": "report",
    "title": "A document",
    "author": [{{"family": "Author", "given": "Anna"}}],
    "issued": {{"date-parts": [[2020]]}},
    "custom": {{"paragraphs": 10}}
  }}
]
""",
    "glossary.yaml": "terms: []\n",
    "figures.yaml": "figures: []\n",
    "frameworks/success-checklist.yaml": """\
title: Success checklist
position: 1
description: What a case is held against, and where it comes from [@source, para. 1]
points:
  - key: a
    title: A first point
    text: What it takes to meet it [@source, para. 1]
""",
}


_NEW_PACK_ON = {
    "book.yaml": """\
slug: {slug}
title: {title}
edition: "1"
description: What these cases are about, in a sentence or two.
language: en
builds_on:                 # the volumes below, and the least edition of each that will do
{below}
# casebook check FOLDER --on {named}
# casebook build FOLDER --on {named} -o my-book.sqlite
""",
    "places.yaml": """\
# Places that the volumes below do not have; theirs can be named, and lain within.
places: []
""",
    "sources.json": "[]\n",
    "glossary.yaml": "terms: []\n",
}


def write_new_pack(
    parent: Path, title: str, *, slug: str | None = None, on: Path | None = None
) -> Path:
    """Writes a small pack that checks clean, in a new folder, and says where it stands.

    Args:
        on: the built book that it is to stand on: a file, or `casebook`.

    Raises:
        CasebookError: the title makes no folder name, or the folder exists; or there is no book
            to stand on.
    """
    name = slug or file_stem(title)
    if not name or file_stem(name) != name:
        raise CasebookError(
            f"'{name or title}' makes no folder name; give one of small Latin letters, digits and"
            " hyphens with --slug."
        )
    root = path_within(parent, name)
    files, below = (_NEW_PACK, "") if on is None else (_NEW_PACK_ON, _volumes_of(on, name))
    try:
        with new_folder(root) as folder:
            for file, text in files.items():
                path = path_within(folder, *file.split("/"))
                path.parent.mkdir(exist_ok=True)
                filled = text.format(slug=name, title=quoted(title), below=below, named=on)
                path.write_text(filled, encoding="utf-8")
    except FileExistsError:
        raise AlreadyThereError(f"{root} exists already; nothing was written.") from None
    except OSError as error:
        raise CasebookError(f"{root}: cannot be written: {error.strerror}.") from None
    return root


def _volumes_of(named: Path, slug: str) -> str:
    """The volumes of a built book as a list in YAML.

    Raises:
        CasebookError: there is no book, or one of its volumes has the slug.
    """
    with open_book(book_below(named)) as book:
        found = volumes(book)
    if slug in (volume.slug for volume in found):
        raise CasebookError(
            f"{named} has a volume '{slug}' already; give another slug with --slug."
        )
    return "\n".join(
        f"  - {{slug: {volume.slug}, edition: {in_quotes(volume.edition)}}}" for volume in found
    )
