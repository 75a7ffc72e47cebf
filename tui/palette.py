"""The command palette: what can be done here, and every entry, found by the book's search."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.widget import Widget

from casebook.safe_text import screened
from casebook.search.fields import Field
from casebook.search.folding import fold, skeleton, words
from casebook.search.highlight import spans_of
from casebook.search.hits import Why
from casebook.search.query import LONGEST_QUERY, MOST_WORDS
from casebook.search.similarity import Wanted, name_score
from tui import commands
from tui.commands import Command
from tui.screens.sizes import SizeMinding
from tui.textual_private.palette import HastyPalette

if TYPE_CHECKING:
    from casebook.search.hits import Hit as Found
    from tui.host import Host

MOST_ENTRIES = 20
_MOVING = frozenset(command.id for command in commands.MOVING)


class Palette(HastyPalette, SizeMinding):
    """Finds actions and entries by name."""


class CasebookProvider(Provider):
    """Offers the actions of the screen and the entries of the book."""

    @property
    def casebook(self) -> Host:
        return cast("Host", self.app)

    def _actions(self) -> Iterator[tuple[Command, Widget]]:
        """What can be done here, each with the widget that does it."""
        offered: set[str] = set()
        here: list[tuple[Iterable[Command], Widget]] = [
            (getattr(self.screen, "ACTIONS", ()), self.screen),
            *((getattr(one, "ACTIONS", ()), one) for one in self.screen.query(Widget)),
            (commands.EVERYWHERE, self.screen),
            (commands.NOTING, self.screen),
        ]
        for actions, widget in here:
            for command in actions:
                if command.id not in offered | _MOVING and widget.display:
                    offered.add(command.id)
                    yield command, widget

    async def _run(self, command: Command, widget: Widget) -> None:
        await widget.run_action(command.action)

    async def discover(self) -> Hits:
        for command, widget in self._actions():
            shown = _with_keys(Content(command.name), command)
            yield DiscoveryHit(shown, partial(self._run, command, widget), text=command.name)

    async def search(self, query: str) -> Hits:
        folded = words(fold(query[:LONGEST_QUERY]))[:MOST_WORDS]
        wanted = Wanted.of(folded)
        for command, widget in self._actions():
            letters = skeleton(words(fold(command.name)))
            score = name_score(wanted, Field.TITLE, command.name, letters) if folded else 0.0
            if score:
                yield Hit(
                    score / 100,
                    _with_keys(_marked(command.name, spans_of(command.name, folded)), command),
                    partial(self._run, command, widget),
                    text=command.name,
                )
        searcher = self.casebook.searcher
        searcher.interrupt()
        answer = await asyncio.to_thread(searcher.answer, query, MOST_ENTRIES)
        for found in answer.hits if answer else ():
            yield Hit(
                found.score / 101,
                _shown(found),
                partial(self.casebook.open_entry, found.slug, _anchor(found)),
                text=found.title,
            )


def _anchor(found: Found) -> str:
    return "" if found.anchor == "top" else found.anchor


def _with_keys(name: Content, command: Command) -> Content:
    return Content.assemble(name, "  ", (command.keys_shown, "dim"))


def _shown(found: Found) -> Content:
    """A hit on a line or two. Textual would read its help as markup, so it has none."""
    lines = [Content.assemble(_marked(found.title, found.title_spans), (f"  {found.kind}", "dim"))]
    if found.why not in (Why.TITLE, Why.FILTER):
        lead = Content(f"  {found.why}: ").stylize("dim")
        lines.append(lead + _marked(found.text, found.spans))
    return Content("\n").join(lines)


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> Content:
    """Words with some of them underlined; nothing in them is markup."""
    content = Content(screened(text))
    for start, end in spans:
        content = content.stylize("bold underline", start, end)
    return content
