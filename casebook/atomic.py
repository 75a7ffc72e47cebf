"""Writes files and folders whole or not at all.

What is written stands beside its place under another name until it is whole; then it is
moved there. So a full disk, a kill or a fault leaves what was there before, and nothing
half-written. What a program left that was killed meanwhile is swept away by the next one that
writes there. Every file that the program makes for good is made here.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from casebook import staging


@contextlib.contextmanager
def new_file(
    path: Path, *, private: bool = False, replace: bool = False, flush: bool = True
) -> Iterator[Path]:
    """A path to write to, whose file is moved to `path` when the block has ended well.

    A new file has the permissions that the user's umask leaves; one that replaces another
    keeps those of the other. Only a regular file is replaced, and of a link the link itself,
    not what it leads to.

    Args:
        private: readable by its owner alone, whatever was there.
        replace: a file that is there may be replaced.
        flush: wait until it is on the disk; not for what may be lost without harm.

    Yields:
        An empty file beside `path`, to be written and closed within the block.

    Raises:
        FileExistsError: something is there that is not to be replaced.
        NotRegularError: a device, a pipe or a socket is there, or where a link leads.
        OSError: it cannot be written; nothing is left of it.
    """
    mode = _mode_of(path, replace=replace)
    with partial_file(path, private=private) as partial:
        yield partial
        if mode is not None and not private:
            os.chmod(partial, mode)
        if flush:
            _flush(partial)
        if replace:
            os.replace(partial, path)
        else:
            move_to_free_place(partial, path)
        if flush:
            _flush(path.parent)


@contextlib.contextmanager
def partial_file(path: Path, *, private: bool = False) -> Iterator[Path]:
    """An empty file beside `path`, to be written and moved; gone afterwards if it was not.

    Args:
        private: readable by its owner alone.

    Raises:
        OSError: it cannot be made.
    """
    staging.sweep(path.parent)
    partial = _empty_beside(path, 0o600 if private else 0o666)
    try:
        yield partial
    finally:
        staging.remove(partial)


def write_file(
    path: Path, data: bytes, *, private: bool = False, replace: bool = False, flush: bool = True
) -> None:
    """Writes a file; arguments and errors are those of `new_file`."""
    with (
        new_file(path, private=private, replace=replace, flush=flush) as partial,
        open(partial, "wb") as file,
    ):
        file.write(data)


def write_files(files: Mapping[Path, str]) -> None:
    """Writes many files of text, as UTF-8, in their order, each whole or not at all.

    Those that are there are replaced. What is left of earlier writing is looked for once a
    folder. The disk is waited for where a file takes the place of another; new ones can be
    written again.

    Raises:
        NotRegularError: a device, a pipe or a socket is there, or where a link leads.
        OSError: one cannot be written; those before it are.
    """
    folders = dict.fromkeys(path.parent for path in files)
    for folder in folders:
        staging.sweep(folder)
    for path, text in files.items():
        mode = _mode_of(path, replace=True)
        partial = _empty_beside(path, 0o666)
        try:
            partial.write_bytes(text.encode("utf-8"))
            if mode is not None:
                os.chmod(partial, mode)
                _flush(partial)
            os.replace(partial, path)
        finally:
            staging.remove(partial)
    for folder in folders:
        _flush(folder)


@contextlib.contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """A folder to fill, which is moved to `path` when the block has ended well.

    Folders above `path` are made where they are missing, and taken away again if the block
    does not end well.

    Raises:
        FileExistsError: something is there already, be it a link that leads nowhere.
        OSError: it cannot be written; nothing is left of it.
    """
    if os.path.lexists(path):
        raise FileExistsError(17, os.strerror(17), str(path))
    made = make_folder(path.parent)
    staging.sweep(path.parent)
    partial = staging.new_name(path.parent)
    try:
        partial.mkdir()
        yield partial
        # A folder is moved onto an empty one without a word, and onto nothing else.
        path.mkdir()
        try:
            os.replace(partial, path)
        except OSError:
            _move_content(partial, path)
        _flush(path.parent)
        made = []
    finally:
        staging.remove(partial)
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()


def make_folder(folder: Path, *, private: bool = False) -> list[Path]:
    """Makes a folder, and those above it, where they are missing.

    Args:
        private: for their owner alone.

    Returns:
        the folders that were made, the deepest first.

    Raises:
        OSError: one cannot be made.
    """
    missing = []
    for above in (folder, *folder.parents):
        if os.path.isdir(above):
            break
        missing.append(above)
    # Not `mkdir(parents=True)`, which calls itself for each of them.
    for above in reversed(missing):
        above.mkdir(mode=0o700 if private else 0o777, exist_ok=True)
    return missing


def _move_content(partial: Path, path: Path) -> None:
    """For systems that move no folder onto an empty one (Windows)."""
    path.rmdir()
    os.rename(partial, path)


def _mode_of(path: Path, *, replace: bool) -> int | None:
    """The permissions of a regular file that is to be replaced; None where nothing is there.

    Raises:
        FileExistsError: what is there is not to be replaced.
        IsADirectoryError: a folder is there.
        NotRegularError: something is there that no file takes the place of.
    """
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(21, os.strerror(21), str(path))
    kind = _special_kind(path)
    if kind:
        raise NotRegularError(22, f"it is a {kind}", str(path))
    if not replace:
        raise FileExistsError(17, os.strerror(17), str(path))
    return None if stat.S_ISLNK(status.st_mode) else stat.S_IMODE(status.st_mode)


class NotRegularError(OSError):
    """A device, a pipe or a socket stands where a file is to be written."""


def _special_kind(path: Path) -> str:
    """What stands at a path, or where its link leads, if that is neither file nor folder."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return ""  # a link that leads nowhere
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return ""
    if stat.S_ISFIFO(mode):
        return "pipe"
    return "socket" if stat.S_ISSOCK(mode) else "device"


def _empty_beside(path: Path, mode: int) -> Path:
    """An empty file of a new name; the system takes the umask from its permissions."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    while True:
        partial = staging.new_name(path.parent)
        try:
            os.close(os.open(partial, flags, mode))
        except FileExistsError:
            continue
        return partial


def move_to_free_place(partial: Path, path: Path) -> None:
    """Gives a file that is whole its name.

    Raises:
        FileExistsError: another has taken it meanwhile.
    """
    try:
        os.link(partial, path)
        return
    except FileExistsError:
        raise
    except OSError:
        pass
    # A file system without links: the name is taken first, and then what bears it replaced.
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    os.replace(partial, path)


def _flush(path: Path) -> None:
    """Has the system write a file or the names in a folder to the disk."""
    is_folder = os.path.isdir(path)
    try:
        descriptor = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
    except OSError:
        if is_folder:
            return  # Windows opens no folder, and keeps its names by itself
        raise
    try:
        os.fsync(descriptor)
    except OSError:
        if not is_folder:
            raise
    finally:
        os.close(descriptor)
