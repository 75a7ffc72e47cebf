"""The reader: an entry's page, its facts beside it where there is room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.reactive import reactive
from textual.widget import Widget

from casebook.book import pages
from casebook.book.page_values import Page
from casebook.document import facts, references, story
from tui import commands
from tui.commands import Command
from tui.screens.reading import ReadingScreen
from tui.widgets.document_view import DocumentView

ROOM_FOR_FACTS = 130
"""Cells from which the facts stand beside the narrative and not below it."""


@dataclass(slots=True)
class _Visit:
    """A page in the reader's history."""

    slug: str
    scroll: float = 0.0


class ReaderScreen(ReadingScreen):
    """One entry after another, with the way back."""

    ACTIONS: ClassVar[tuple[Command, ...]] = (
        *ReadingScreen.ACTIONS,
        commands.HISTORY_BACK,
        commands.HISTORY_FORWARD,
        commands.NOTES_FOR_LECTURERS,
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *commands.bindings(
            (commands.HISTORY_BACK, commands.HISTORY_FORWARD, commands.NOTES_FOR_LECTURERS)
        ),
    ]

    for_lecturer: reactive[bool] = reactive(False, init=False)
    facts_beside: reactive[bool] = reactive(False, init=False)

    def __init__(self, slug: str, anchor: str = "") -> None:
        super().__init__()
        self.visits = [_Visit(slug)]
        self.visit = 0
        self.start_at = anchor
        self.page: Page | None = None

    def compose_documents(self) -> Iterable[Widget]:
        yield DocumentView(id="page")
        yield DocumentView(id="facts")

    def on_mount(self) -> None:
        self.set_reactive(ReaderScreen.facts_beside, self.app.size.width >= ROOM_FOR_FACTS)
        self.main_view.focus()
        self._show(self.start_at)

    def on_resize(self) -> None:
        self.facts_beside = self.app.size.width >= ROOM_FOR_FACTS

    def watch_facts_beside(self) -> None:
        self._lay_out()

    def watch_for_lecturer(self) -> None:
        self._lay_out()

    # Pages

    def open_entry(self, slug: str, anchor: str = "") -> None:
        """Goes to another page; the way back leads here."""
        self._remember()
        del self.visits[self.visit + 1 :]
        self.visits.append(_Visit(slug))
        self.visit = len(self.visits) - 1
        self._show(anchor)

    def _remember(self) -> None:
        self.visits[self.visit].scroll = self.main_view.scroll_offset.y

    def _show(self, anchor: str = "") -> None:
        visit = self.visits[self.visit]
        self.page = pages.page(self.casebook.book, visit.slug)
        entry = self.page.entry
        self.title_bar.place = entry.title
        outcome = f", {entry.outcome}" if entry.outcome else ""
        self.title_bar.aside = f"{entry.kind}{outcome}"
        self._lay_out(anchor)
        if not anchor and visit.scroll:
            view = self.main_view
            view.call_after_refresh(view.scroll_to, y=visit.scroll, animate=False)
        self.casebook.entry_opened(visit.slug)

    def _lay_out(self, anchor: str = "") -> None:
        if self.page is None:
            return
        page = self.page
        told = story(page)
        beside = facts(page, for_lecturer=self.for_lecturer)
        sources = references(page)
        facts_view = self.query_one("#facts", DocumentView)
        self.set_class(self.facts_beside, "-beside")
        if self.facts_beside:
            self.main_view.show(told + sources, anchor=anchor)
            facts_view.show(beside, anchor=anchor)
        else:
            self.main_view.show(told + beside + sources, anchor=anchor)

    # Keys

    def entry_to_pick(self) -> str | None:
        return self.visits[self.visit].slug

    def action_history_back(self) -> None:
        self._go(-1)

    def action_history_forward(self) -> None:
        self._go(1)

    def _go(self, step: int) -> None:
        if 0 <= self.visit + step < len(self.visits):
            self._remember()
            self.visit += step
            self._show()
        else:
            way = "before" if step < 0 else "after"
            self.notify_plainly(f"There is no page {way} this one.")

    def action_teaching_notes(self) -> None:
        self.for_lecturer = not self.for_lecturer
        if self.page and not self.page.teaching_notes:
            self.notify_plainly("This page has no teaching notes.")
        elif self.for_lecturer:
            self.notify_plainly("Teaching notes are shown.")
