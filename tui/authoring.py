"""Editing the pack that a book was made of, from its pages, and reading it again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from casebook.errors import CasebookError
from tui.editor import edit_file

if TYPE_CHECKING:
    from tui.authors_host import EditablePlace
    from tui.host import Host

NO_PACK = "This book was not opened from a pack. `casebook --pack FOLDER` opens one to edit."


async def edit_entry(host: Host, slug: str, words: str) -> None:
    """Opens the file of an entry in the author's editor, and shows what became of it.

    Args:
        words: of the page, on whose line the editor is to open.

    Raises:
        CasebookError: there is not a pack, or no such file.
    """
    if host.authored is None:
        raise CasebookError(NO_PACK)
    place = await asyncio.to_thread(host.authored.place_of, slug, words)
    await edit_place(host, place)


async def edit_place(host: Host, place: EditablePlace) -> None:
    """Opens a line of a file in the author's editor, and builds the book anew after a change.

    The book stays as it was while the pack has errors, which are shown.

    Raises:
        CasebookError: the book cannot be written or read.
    """
    pack = host.authored
    if pack is None or not edit_file(host, place.path, place.line):
        return
    if not await asyncio.to_thread(pack.has_changed):
        host.say("Nothing has changed.")
        return
    host.say("Building \N{HORIZONTAL ELLIPSIS}")
    try:
        path = await asyncio.to_thread(pack.book)
    except CasebookError as error:
        problems = pack.problems(error)
        if not problems:
            raise
        host.show_problems(problems)
        return
    from casebook.book.connection import open_book

    host.replace_book(open_book(path))
    host.say("The book was rebuilt.")
