"""What `casebook new` adds to a pack beside entries: terms and frameworks.

Text is put in where it belongs, so that everything else in a file stays as its author wrote it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from casebook.atomic import write_file
from casebook.errors import AlreadyThereError, CasebookError
from casebook.file_names import file_stem, path_within
from casebook.pack.files import FRAMEWORKS
from casebook.pack.problems import Problems
from casebook.pack.yaml_hints import quoted
from casebook.pack.yaml_tree import LONGEST_FILE, Node, read_yaml
from casebook.regular_file import read_regular

_FRAMEWORK = """\
title: {title}
position: {position}
description: What a case is held against, and where it comes from [@source, para. 1]
# assessed: false          # for a list that no case is held against
points:
  - key: first             # what assessments name: small letters, digits and hyphens
    title: A first point
    text: What it takes to meet it [@source, para. 1]
    # points:              # sub-points, of the same form
"""


def add_term(pack: Path, term: str, *, slug: str = "") -> Path:
    """Appends a term, to be defined, to the glossary of a pack, and says where that is.

    Raises:
        CasebookError: there is not a pack, the term makes no slug, is there already, or the
            glossary cannot be read or written.
    """
    path = _pack_file(pack, "glossary.yaml")
    slug = slug or file_stem(term)
    if not slug or file_stem(slug) != slug:
        raise CasebookError(
            f"'{slug or term}' makes no slug; give one of small Latin letters, digits and hyphens"
            " with --slug."
        )
    text = _text_of(path, "terms:\n")
    before = _terms_in(text, path)
    if slug in before:
        raise AlreadyThereError(f"{path} has a term '{slug}' already; nothing was written.")
    text = re.sub(r"^terms:\s*\[\s*\]\s*$", "terms:", text, flags=re.MULTILINE)
    first = re.search(r"^( *)- ", text, re.MULTILINE)
    indent = first[1] if first else "  "
    lines = (
        f"{indent}- slug: {slug}",
        f"{indent}  term: {quoted(term)}",
        f"{indent}  definition: What it means, in a sentence [@source, para. 1]",
        f"{indent}  # aliases: [another name]",
    )
    written = "\n".join((text.rstrip(), *lines, ""))
    if _terms_in(written, path, by_hand="\n".join(lines)) != [*before, slug]:
        raise CasebookError(f"{path} cannot be added to; write the term into it by hand.")
    _write(path, written)
    return path


def _terms_in(text: str, path: Path, *, by_hand: str = "") -> list[str]:
    """The slugs of the terms of a glossary."""
    problems = Problems()
    node = read_yaml(text, path.name, problems, longest=LONGEST_FILE)
    if node is None:
        trouble = f"{path} cannot be added to; write it by hand:\n{by_hand}"
        raise CasebookError(trouble if by_hand else str(problems.in_order()[0]))
    terms = node.value.get("terms") if isinstance(node.value, dict) else None
    items = terms.value if isinstance(terms, Node) and isinstance(terms.value, list) else []
    return [
        str(item.value["slug"].value)
        for item in items
        if isinstance(item.value, dict) and "slug" in item.value
    ]


def add_framework(pack: Path, title: str, *, slug: str = "") -> Path:
    """Writes a framework, to be filled in, into a pack, and says where it stands.

    Raises:
        CasebookError: there is not a pack, the title makes no file name, or the file exists.
    """
    _pack_file(pack, "book.yaml")
    slug = slug or file_stem(title)
    if not slug or file_stem(slug) != slug:
        raise CasebookError(
            f"'{slug or title}' makes no file name; give one of small Latin letters, digits and"
            " hyphens with --slug."
        )
    folder = pack / FRAMEWORKS
    path = path_within(pack, FRAMEWORKS, f"{slug}.yaml")
    if folder.is_symlink():
        raise CasebookError(f"{folder} is a link; a pack's folders cannot be links.")
    try:
        folder.mkdir(exist_ok=True)
        positions = [
            int(found[1])
            for file in folder.glob("*.yaml")
            if (found := re.search(r"^position: *(\d{1,3})\b", _text_of(file, ""), re.MULTILINE))
        ]
        text = _FRAMEWORK.format(title=quoted(title), position=max(positions, default=0) + 1)
        write_file(path, text.encode())
    except FileExistsError:
        raise AlreadyThereError(f"{path} exists already; nothing was written.") from None
    except OSError as error:
        raise CasebookError(f"{path}: cannot be written: {error.strerror}.") from None
    return path


def _pack_file(pack: Path, name: str) -> Path:
    if not os.path.isfile(pack / "book.yaml"):
        raise CasebookError(f"{pack} is not a pack: it has no book.yaml.")
    path = pack / name
    if path.is_symlink():
        raise CasebookError(f"{path} is a link; a pack holds only files.")
    return path


def _text_of(path: Path, otherwise: str) -> str:
    """A file's text with plain line ends; another text where there is none."""
    try:
        data = read_regular(path, LONGEST_FILE + 1, follow_link=False)
        text = data.decode("utf-8-sig") if len(data) <= LONGEST_FILE else ""
    except FileNotFoundError:
        return otherwise
    except UnicodeDecodeError:
        raise CasebookError(f"{path}: not UTF-8; save the file as UTF-8.") from None
    except OSError as error:
        raise CasebookError(f"{path}: {error.strerror}.") from None
    if len(data) > LONGEST_FILE:
        raise CasebookError(f"{path}: larger than {LONGEST_FILE} bytes.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _write(path: Path, text: str) -> None:
    try:
        write_file(path, text.encode("utf-8"), replace=True)
    except OSError as error:
        raise CasebookError(f"{path}: cannot be written: {error.strerror}.") from None
