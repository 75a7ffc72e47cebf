"""Documents side by side, with what reading them needs: finding, contents, what a citation says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from tui import commands
from tui.command import Command, bindings
from tui.widgets.citation_panel import CitationPanel
from tui.widgets.document_layout import TargetKind
from tui.widgets.document_view import DocumentView

if TYPE_CHECKING:
    from casebook.notebook.values import Note
    from tui.host import Host

READING: tuple[Command, ...] = (commands.OPEN, commands.CONTENTS, commands.FIND)
"""What the line of keys names of reading."""


def no_note(_uid: str) -> Note | None:
    """The note of a document that shows none."""
    return None


class ReadingPane(Vertical):
    """Documents, with a panel below that shows what the chosen citation rests on.

    Args:
        documents: side by side; the first is the main one, which finding and contents are about.
        note_of: answers the note that a document shows by its uid.
    """

    ACTIONS: ClassVar[tuple[Command, ...]] = (
        commands.CONTENTS,
        commands.FIND,
        commands.NEXT_MATCH,
        commands.PREVIOUS_MATCH,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ACTIONS)]

    def __init__(
        self,
        documents: Iterable[DocumentView] = (),
        *,
        note_of: Callable[[str], Note | None] = no_note,
    ) -> None:
        super().__init__(id="reading-pane")
        self.documents = tuple(documents) or (DocumentView(id="page"),)
        self.note_of = note_of

    def compose(self) -> ComposeResult:
        with Horizontal(id="reading"):
            yield from self.documents
        with Horizontal(id="find-bar"):
            yield Input(placeholder="Find on this page", id="find", select_on_focus=True)
            yield Static(id="find-count", markup=False)
        yield CitationPanel()

    @property
    def main_view(self) -> DocumentView:
        """The document that finding and contents are about."""
        return self.documents[0]

    @property
    def view(self) -> DocumentView:
        """The document that the reader is in."""
        focused = self.screen.focused
        return focused if isinstance(focused, DocumentView) else self.main_view

    @on(DocumentView.TargetChosen)
    def _show_target(self, event: DocumentView.TargetChosen) -> None:
        panel, target = self.query_one(CitationPanel), event.target
        if target is not None and target.kind is TargetKind.NOTE:
            note = self.note_of(target.value)
            panel.tell(f"{note.text}\nenter or e edits it" if note else "")
        else:
            panel.show(cast("Host", self.app).book, target, event.view.document)

    # Finding

    @property
    def is_finding(self) -> bool:
        """Whether the box for finding words is open."""
        return self.has_class("-finding")

    @property
    def is_typing(self) -> bool:
        """Whether words to find are being typed."""
        return self.query_one("#find", Input).has_focus

    def action_find(self) -> None:
        self.add_class("-finding")
        self.query_one("#find", Input).focus()

    def stop_finding(self) -> None:
        """Closes the box for finding words, and unmarks what was found."""
        self.remove_class("-finding")
        self.query_one("#find", Input).value = ""
        self.main_view.focus()

    @on(Input.Changed, "#find")
    def _find(self, event: Input.Changed) -> None:
        self.main_view.find(event.value)
        self._count_matches()

    @on(Input.Submitted, "#find")
    def _found(self) -> None:
        self.main_view.focus()

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
            cast("Host", self.app).say("This page has no sections.")
            return

        def go_to(at: int | None) -> None:
            if at is not None:
                view.scroll_to_block(at)

        self.app.push_screen(ContentsScreen(titles), go_to)
