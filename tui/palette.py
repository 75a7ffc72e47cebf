"""The command palette: what can be done here, and entries, terms and what was saved, by name."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from enum import IntEnum
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.widget import Widget

from casebook.errors import CasebookError
from casebook.safe_text import screened
from casebook.search.folding import fold, words
from casebook.search.highlight import spans_of
from casebook.search.hits import Why
from casebook.search.query import LONGEST_QUERY, MOST_WORDS
from casebook.search.similarity import Wanted
from tui import commands
from tui.command import Command
from tui.doers import doer_of
from tui.failures import Telling
from tui.palette_names import judged, named_places
from tui.screens.sizes import SizedScreen
from tui.textual_private.palette import HastyPalette
from tui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from casebook.search.hits import Hit as Found
    from tui.host import Host

MOST_ENTRIES = 20
_LEAST_OF_A_PLACE = 0.6
"""The score from which a term is offered; guesses would stand before passages."""
_MOVING = frozenset(command.id for command in commands.MOVING)


_BY_NAME = (Why.TITLE, Why.FILTER)


class _Rank(IntEnum):
    """What stands before what: actions before entries before passages before guesses."""

    SIMILAR = 0
    PASSAGE = 1
    ENTRY = 2
    ACTION = 3

    def with_score(self, score: float) -> float:
        """A score from 0 to 1 among all that can be found."""
        return (self + score) / 4


def _rank_of(found: Found) -> _Rank:
    if found.is_similar:
        return _Rank.SIMILAR
    return _Rank.ENTRY if found.why in _BY_NAME else _Rank.PASSAGE


_KEYS = (
    commands.DOWN._replace(footer="select", keys="", display="\u2191\u2193"),
    commands.OPEN._replace(footer="run or open", keys="", display="enter"),
    commands.BACK._replace(footer="close", keys="", display="esc"),
)


class Palette(SizedScreen, Telling, HastyPalette):
    """Finds actions and entries by name."""

    def __init__(self) -> None:
        super().__init__(id="--command-palette")

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield KeyBar()

    @property
    def footer_commands(self) -> tuple[Command, ...]:
        """What the line of keys shows; the palette reads these keys by itself."""
        return _KEYS


class CasebookProvider(Provider):
    """Offers the actions of the screen and the entries of the book."""

    @property
    def casebook(self) -> Host:
        return cast("Host", self.app)

    def _actions(self) -> Iterator[tuple[Command, DOMNode]]:
        """What can be done here, each with what does it."""
        offered: set[str] = set()
        here: list[Iterable[Command]] = [
            getattr(self.screen, "ACTIONS", ()),
            *(getattr(part, "ACTIONS", ()) for part in self.screen.query(Widget) if part.display),
            commands.EVERYWHERE,
            commands.NOTING,
            commands.AUTHORING if self.casebook.authored is not None else (),
        ]
        for command in chain.from_iterable(here):
            if command.id not in offered | _MOVING:
                offered.add(command.id)
                yield command, doer_of(self.screen, command.action)

    def _with_keys(self, name: Content, command: Command) -> Content:
        moved: dict[str, str] = getattr(self.app, "moved_keys", {})
        return Content.assemble(name, "  ", (moved.get(command.id, command.keys_shown), "dim"))

    async def _run(self, command: Command, doer: DOMNode) -> None:
        await self.app.run_action(command.action, doer)

    async def startup(self) -> None:
        try:
            self._places = list(named_places(self.casebook))
        except CasebookError as error:
            self._places = []
            self.casebook.complain(error)

    async def discover(self) -> Hits:
        for command, doer in self._actions():
            shown = self._with_keys(Content(command.name), command)
            yield DiscoveryHit(shown, partial(self._run, command, doer), text=command.name)

    async def search(self, query: str) -> Hits:
        folded = words(fold(query[:LONGEST_QUERY]))[:MOST_WORDS]
        wanted = Wanted.of(folded)
        for command, doer in self._actions():
            score = max(judged(wanted, command.name), judged(wanted, command.synonyms) * 0.9)
            if folded and score:
                yield Hit(
                    _Rank.ACTION.with_score(score),
                    self._with_keys(_marked(command.name, spans_of(command.name, folded)), command),
                    partial(self._run, command, doer),
                    text=command.name,
                )
        for place in self._places:
            score = place.judged(wanted)
            if folded and score >= _LEAST_OF_A_PLACE:
                name = place.names[0]
                shown = Content.assemble(
                    _marked(name, spans_of(name, folded)), (f"  {place.kind}", "dim")
                )
                yield Hit(_Rank.ENTRY.with_score(score), shown, place.open, text=name)
        searcher = self.casebook.searcher
        searcher.interrupt()
        try:
            answer = await asyncio.to_thread(searcher.answer, query, MOST_ENTRIES)
        except CasebookError as error:
            self.casebook.complain(error)
            return
        for found in answer.hits if answer else ():
            yield Hit(
                _rank_of(found).with_score(found.score / 100),
                _shown(found),
                partial(self.casebook.open_entry, found.slug, _anchor(found)),
                text=found.title,
            )


def _anchor(found: Found) -> str:
    return "" if found.anchor == "top" else found.anchor


def _shown(found: Found) -> Content:
    """A hit on a line or two. Textual would read its help as markup, so it has none."""
    kind = f"  {found.kind}, similar" if found.is_similar else f"  {found.kind}"
    lines = [Content.assemble(_marked(found.title, found.title_spans), (kind, "dim"))]
    if found.why not in _BY_NAME:
        lead = Content(f"  {found.why}: ").stylize("dim")
        lines.append(lead + _marked(found.text, found.spans))
    return Content("\n").join(lines)


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> Content:
    """Words with some of them underlined; nothing in them is markup."""
    content = Content(screened(text))
    for start, end in spans:
        content = content.stylize("bold underline", start, end)
    return content
