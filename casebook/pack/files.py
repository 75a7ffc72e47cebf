"""The files of a pack, from a folder or a zip, read without trusting either.

From a folder: regular files only, links not followed, sizes capped. From a zip: in
memory, plain unique names, limits on the bytes that really come out.
"""

from __future__ import annotations

import io
import os
import re
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from casebook.errors import CasebookError
from casebook.limits import SLUG
from casebook.pack.problems import Problems, Spot
from casebook.regular_file import IrregularFileError, open_regular, read_regular
from casebook.safe_text import made_safe_line
from casebook.vocabulary import Kind

LARGEST_FILE = 4 * 1024 * 1024
LARGEST_PACK = 512 * 1024 * 1024
MOST_FILES = 200_000
MOST_FOLDERS = 1_000
"""Folders that are looked into; a pack has a dozen."""

DEEPEST_FOLDER = 8
"""Folders within one another that are looked into; a pack needs one."""

FOLDERS = {kind.plural: kind for kind in Kind}
"""The folders that hold entries, and the kind of entry each holds."""

ADDITIONS = "additions"
"""The folder of what a pack adds to entries of earlier volumes."""

FRAMEWORKS = "frameworks"
OUTLINES = "outlines"
BOOK = "book.yaml"
TOP_FILES = (BOOK, "places.yaml", "glossary.yaml", "figures.yaml", "sources.json")
REQUIRED_FILES = ("places.yaml", "sources.json")
"""What every pack has besides `book.yaml`, but for one that builds on others."""

_SLUG_FILE = re.compile(SLUG)


class Written(NamedTuple):
    """What a file of a pack says, before it is text.

    Attributes:
        front: its YAML, or its front matter, as values; None for a file that is none.
        body: the narrative below that, or the whole of a file without YAML.
    """

    front: Any
    body: str = ""


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The names of a pack's files, and how to read one.

    Attributes:
        root: what messages call the pack.
        names: paths from the root, sorted, with forward slashes.
        read_bytes: the content of one, or an `OSError`.
        written: what one says, where that is known without reading its text: of a book.
    """

    root: str
    names: tuple[str, ...]
    read_bytes: Callable[[str], bytes]
    written: Callable[[str], Written] | None = None

    def text(self, name: str, problems: Problems) -> str | None:
        """A file as text with `\\n` line ends, or None with the reason among the problems."""
        try:
            data = self.read_bytes(name)
        except OSError as error:
            problems.add(Spot(name), f"cannot be read: {error.strerror or error}")
            return None
        if len(data) > LARGEST_FILE:
            problems.add(Spot(name), f"larger than {LARGEST_FILE} bytes")
            return None
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            problems.add(Spot(name, line), "not UTF-8; save the file as UTF-8")
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def entries(self) -> Iterator[tuple[str, str, Kind]]:
        """Name, slug and kind of each entry's file, in order of slug."""
        # There may be tens of thousands, and most who ask go through them once.
        for name in sorted(filter(_is_entry, self.names), key=_slug_and_name):
            yield name, _slug_and_name(name)[0], FOLDERS[name.partition("/")[0]]

    @property
    def entry_count(self) -> int:
        return sum(map(_is_entry, self.names))

    def additions(self) -> list[tuple[str, str]]:
        """Name and slug of each file that adds to an entry of an earlier volume."""
        return [
            (name, name.partition("/")[2].removesuffix(".md"))
            for name in self.within(ADDITIONS, ".md")
        ]

    def within(self, folder: str, suffix: str) -> list[str]:
        """The files of a folder with a suffix."""
        return [n for n in self.names if n.startswith(f"{folder}/") and n.endswith(suffix)]


def _is_entry(name: str) -> bool:
    folder, slash, _ = name.partition("/")
    return bool(slash) and folder in FOLDERS and name.endswith(".md")


def _slug_and_name(name: str) -> tuple[str, str]:
    return name.partition("/")[2].removesuffix(".md"), name


def open_pack(path: Path, problems: Problems) -> PackFiles:
    """The files of a pack at a path.

    Raises:
        CasebookError: there is no folder or zip at the path.
    """
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise CasebookError(f"{made_safe_line(str(path))}: {reason}") from None
    if stat.S_ISDIR(mode):
        return _folder(path, problems)
    if stat.S_ISREG(mode):
        with _opened(path) as file:
            if zipfile.is_zipfile(file):
                return _zip(path, file, problems)
    raise CasebookError(
        f"{made_safe_line(str(path))}: neither a folder nor a zip, so it is not a pack"
    )


def _opened(path: Path) -> BinaryIO:
    try:
        return io.BufferedReader(open_regular(path))
    except OSError as error:
        raise CasebookError(f"{made_safe_line(str(path))}: {error.strerror}") from None


def _check_names(names: Iterable[str], problems: Problems) -> tuple[str, ...]:
    """The names that a pack's files may have; for the others, what is wrong."""
    good: list[str] = []
    for name in sorted(names):
        folder, slash, file = name.partition("/")
        if not slash:
            if name in TOP_FILES:
                good.append(name)
            elif name.endswith((".yaml", ".yml", ".json")):
                problems.add(Spot(name), f"not a file of a pack; those are {', '.join(TOP_FILES)}")
            elif name.endswith(".md") and name.lower() != "readme.md":
                problems.add(Spot(name), f"an entry belongs in one of {', '.join(FOLDERS)}")
        elif folder in FOLDERS or folder == ADDITIONS:
            _check_slug_file(name, file, ".md", good, problems)
        elif folder in (FRAMEWORKS, OUTLINES):
            _check_slug_file(name, file, ".yaml", good, problems)
        elif name.endswith(".md"):
            problems.add(Spot(name), f"an entry belongs in one of {', '.join(FOLDERS)}")
    if BOOK not in good:
        problems.add(Spot(BOOK), "this file is missing")
    return tuple(good)


def _check_slug_file(
    name: str, file: str, suffix: str, good: list[str], problems: Problems
) -> None:
    stem = file.removesuffix(suffix)
    if not file.endswith(suffix):
        problems.add(Spot(name), f"only {suffix} files belong in this folder")
    elif not _SLUG_FILE.fullmatch(stem):
        problems.add(Spot(name), "a file's name is made of small letters, digits and hyphens")
    else:
        good.append(name)


def _folder(root: Path, problems: Problems) -> PackFiles:
    names: list[str] = []
    for count, (directory, folders, files) in enumerate(os.walk(root, followlinks=False)):
        if count > MOST_FOLDERS:
            raise CasebookError(f"{root}: more than {MOST_FOLDERS} folders, so it is not a pack")
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        below = os.path.relpath(directory, root)
        if below.count(os.sep) >= DEEPEST_FOLDER and folders:
            problems.add(Spot(below), "folders are nested too deep; a pack has one level")
            folders.clear()
        for file in sorted(files):
            if file.startswith((".", "~")) or file.endswith("~"):
                continue
            relative = os.path.relpath(os.path.join(directory, file), root)
            names.append(relative.replace(os.sep, "/"))
            if len(names) > MOST_FILES:
                raise CasebookError(f"{root}: more than {MOST_FILES} files")

    def read_bytes(name: str) -> bytes:
        return _read_regular_file(root / name)

    return PackFiles(str(root), _check_names(names, problems), read_bytes)


def _read_regular_file(path: Path) -> bytes:
    try:
        data = read_regular(path, LARGEST_FILE + 1, follow_link=False)
    except OSError as error:
        if path.is_symlink():
            raise OSError(error.errno, "a link; a pack holds only files") from None
        if isinstance(error, IrregularFileError):
            raise OSError(error.errno, "not a regular file") from None
        raise
    if len(data) > LARGEST_FILE:
        raise OSError(0, f"larger than {LARGEST_FILE} bytes")
    return data


def _zip(path: Path, opened: BinaryIO, problems: Problems) -> PackFiles:
    contents: dict[str, bytes] = {}
    total = 0
    try:
        with zipfile.ZipFile(opened) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > MOST_FILES:
                raise CasebookError(f"{path}: more than {MOST_FILES} files")
            top = _common_top([member.filename for member in members])
            for member in members:
                name = member.filename.removeprefix(top)
                if _is_hidden(name):
                    continue
                if not _is_plain(member, name) or name in contents:
                    problems.add(Spot(name), "this name in the zip is unsafe or occurs twice")
                    continue
                with archive.open(member) as file:
                    data = file.read(LARGEST_FILE + 1)
                total += len(data)
                if total > LARGEST_PACK:
                    raise CasebookError(f"{path}: more than {LARGEST_PACK} bytes when unpacked")
                contents[name] = data
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise CasebookError(f"{made_safe_line(str(path))}: the zip is damaged ({error})") from None
    except Exception as error:  # zlib.error, lzma.LZMAError and struct.error share no base
        raise CasebookError(f"{made_safe_line(str(path))}: the zip is damaged ({error})") from None
    return PackFiles(str(path), _check_names(contents, problems), contents.__getitem__)


def _common_top(names: list[str]) -> str:
    """The one folder that everything in a zip stands in, or nothing."""
    tops = {name.partition("/")[0] for name in names}
    top = f"{tops.pop()}/" if len(tops) == 1 else ""
    return top if all(name.startswith(top) for name in names) else ""


def _is_hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/") if part != "..")


def _is_plain(member: zipfile.ZipInfo, name: str) -> bool:
    mode = member.external_attr >> 16
    is_link = stat.S_IFMT(mode) not in (0, stat.S_IFREG)
    parts = name.split("/")
    return (
        not is_link
        and "\\" not in name
        and ":" not in name
        and all(part not in ("", ".", "..") for part in parts)
    )
