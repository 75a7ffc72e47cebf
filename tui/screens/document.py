"""What all screens that show a document share: links, citations, finding, contents, copying."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input, Static

from tui import commands
from tui.commands import Command
from tui.screens.targets import TargetScreen
from tui.widgets.citation_panel import CitationPanel
from tui.widgets.document_layout import TargetKind
from tui.widgets.document_view import DocumentView


class ReadingScreen(TargetScreen):
    """A document, with a panel below that shows what the chosen citation rests on."""

    CSS_PATH = "document.tcss"

    ACTIONS: ClassVar[tuple[Command, ...]] = (commands.OPEN, commands.CONTENTS, commands.FIND)
    BINDINGS: ClassVar[list[BindingType]] = [
        *commands.bindings(
            (commands.CONTENTS, commands.FIND, commands.NEXT_MATCH, commands.PREVIOUS_MATCH)
        ),
    ]

    def compose_body(self) -> Iterable[Widget]:
        with Horizontal(id="reading"):
            yield from self.compose_documents()
        with Horizontal(id="find-bar"):
            yield Input(placeholder="Find on this page", id="find", select_on_focus=True)
            yield Static(id="find-count", markup=False)
        yield CitationPanel()

    def compose_documents(self) -> Iterable[Widget]:
        """The documents, side by side; the first is the main one."""
        yield DocumentView(id="page")

    # Links and citations

    @on(DocumentView.TargetChosen)
    def _show_target(self, event: DocumentView.TargetChosen) -> None:
        panel, target = self.query_one(CitationPanel), event.target
        if target is not None and target.kind is TargetKind.NOTE:
            note = self.note_of(target.value)
            panel.tell(f"{note.text}\nenter or e changes it" if note else "")
        else:
            panel.show(self.casebook.book, target, event.view.document)

    # Finding

    def action_find(self) -> None:
        self.add_class("-finding")
        self.query_one("#find", Input).focus()

    @on(Input.Changed, "#find")
    def _find(self, event: Input.Changed) -> None:
        self.main_view.find(event.value)
        self._count_matches()

    @on(Input.Submitted, "#find")
    def _found(self) -> None:
        self.main_view.focus()

    @property
    def main_view(self) -> DocumentView:
        """The document that finding and contents are about."""
        return self.query(DocumentView).first()

    def _count_matches(self) -> None:
        at, count = self.main_view.match_position
        words = f"{at} of {count}" if count else "not found"
        wanted = self.query_one("#find", Input).value.strip()
        self.query_one("#find-count", Static).update(words if wanted else "")

    def action_next_match(self) -> None:
        self.main_view.step_match(1)
        self._count_matches()

    def action_previous_match(self) -> None:
        self.main_view.step_match(-1)
        self._count_matches()

    # Contents

    def action_contents(self) -> None:
        from tui.dialogs.contents import ContentsScreen

        view = self.main_view
        titles = [(at, block.text.plain, block.level) for at, block in view.document.headings]
        if not titles:
            self.notify_plainly("This page has no sections.")
            return

        def go_to(at: int | None) -> None:
            if at is not None:
                view.scroll_to_block(at)

        self.app.push_screen(ContentsScreen(titles), go_to)

    # Leaving and copying

    def action_back(self) -> None:
        if self.has_class("-finding"):
            self.remove_class("-finding")
            self.query_one("#find", Input).value = ""
            self.main_view.focus()
        else:
            super().action_back()
