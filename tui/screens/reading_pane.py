"""Documents side by side, with what reading them needs: finding, contents, what a citation says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tui import commands
from tui.command import Command, bindings
from tui.widgets.citation_panel import CitationPanel
from tui.widgets.contents_column import ContentsColumn
from tui.widgets.covered import CoveredBox
from tui.widgets.document_layout import LinkTarget, TargetKind
from tui.widgets.document_view import DocumentView
from tui.widgets.evidence_view import EvidenceView

if TYPE_CHECKING:
    from casebook.evidence_documents import CitationPlace
    from casebook.notebook.values import Note
    from tui.host import Host

ROOM_FOR_CONTENTS = 120
"""Cells from which the contents stand beside a page that has nothing else beside it."""

ROOM_FOR_EVIDENCE = 120
"""Cells from which what a citation rests on may stand beside the page."""

ROOM_FOR_FACTS = 130
"""Cells from which the facts stand beside the narrative and not below it."""

ROOM_FOR_MEASURE = 184
"""Cells from which a page has its widest lines, whatever stands beside it."""

ROOM_FOR_ALL = 170
"""Cells from which page, contents and facts stand side by side."""

BESIDE, BELOW = "beside", "below"
"""Where evidence stands, as the settings say it."""

READING: tuple[Command, ...] = (commands.OPEN, commands.CONTENTS, commands.FIND)
"""What the line of keys names of reading."""


def no_note(_uid: str) -> Note | None:
    """The note of a document that shows none."""
    return None


class ReadingPane(CoveredBox):
    """Documents, with a panel below that shows what the chosen citation rests on.

    Args:
        documents: side by side; the first is the main one, which finding and contents are about.
        note_of: answers the note that a document shows by its uid.
        standing_of: answers where a link or citation stands, to show what else rests on its
            paragraphs beside it; None where evidence is only told below.
    """

    ACTIONS: ClassVar[tuple[Command, ...]] = (
        commands.CONTENTS,
        commands.FIND,
        commands.NEXT_MATCH,
        commands.PREVIOUS_MATCH,
    )
    BINDINGS: ClassVar[list[BindingType]] = [*bindings((*ACTIONS, commands.EVIDENCE))]

    def __init__(
        self,
        documents: Iterable[DocumentView] = (),
        *,
        note_of: Callable[[str], Note | None] = no_note,
        standing_of: Callable[[LinkTarget], CitationPlace] | None = None,
    ) -> None:
        super().__init__(id="reading-pane")
        self.documents = tuple(documents) or (DocumentView(id="page"),)
        self.target_shown: tuple[DocumentView, LinkTarget | None] = self.documents[0], None
        self.note_of = note_of
        self.standing_of = standing_of
        self.contents = ContentsColumn(self.main_view)
        self.main_view.when_shown = self._page_shown
        self.evidence = EvidenceView() if standing_of else None

    def compose(self) -> ComposeResult:
        self.make_room()
        with CoveredBox(id="reading"):
            yield self.main_view
            if self._has_room_for_contents:
                yield self.contents
            yield from self.documents[1:]
            if self.evidence is not None and self.is_split:
                yield self.evidence
        with Horizontal(id="find-bar"):
            yield Input(placeholder="Find on this page", id="find", select_on_focus=True)
            yield Static(id="find-count", markup=False)
        yield CitationPanel()

    def on_resize(self) -> None:
        self.make_room()

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
    def _target_chosen(self, event: DocumentView.TargetChosen) -> None:
        if event.view is self.evidence:
            return
        self.show_target(event.view, event.target)

    def show_target(self, view: DocumentView, target: LinkTarget | None) -> None:
        """Tells of a link or citation of a document; of none, nothing."""
        self.target_shown = view, target
        self._show_evidence()

    def show_evidence_anew(self) -> None:
        """Reads the evidence beside the page again: the book says something else now."""
        if self.evidence is not None:
            self.evidence.forget()
        if self.is_attached:
            self._show_evidence()

    def _show_evidence(self) -> None:
        """Tells of the chosen link or citation: beside the page where it is to be, else below."""
        panel, (view, target) = self.query_one(CitationPanel), self.target_shown
        if self.evidence is not None and self.is_split:
            self.set_class(target is not None, "-evidence")
            panel.show_nothing()
            if target is not None:
                self._show_beside(self.evidence, view, target)
            return
        self.remove_class("-evidence")
        if target is not None and target.kind is TargetKind.NOTE:
            note = self.note_of(target.value)
            panel.tell(f"{note.text}\nenter or e edits it" if note else "")
        else:
            panel.show(self._host.book, target, view.document)

    def _show_beside(self, evidence: EvidenceView, view: DocumentView, target: LinkTarget) -> None:
        if target.kind is TargetKind.NOTE:
            evidence.show_note(self.note_of(target.value))
        elif self.standing_of is not None:
            standing = self.standing_of(target)
            evidence.follow(self._host.book, target, view.document, standing)

    @property
    def _host(self) -> Host:
        return cast("Host", self.app)

    # What stands beside the page

    @property
    def is_split(self) -> bool:
        """Whether what a citation rests on stands beside the page."""
        return self.has_class("-split")

    @property
    def _has_room_for_contents(self) -> bool:
        width = self.app.size.width
        if len(self.documents) == 1:
            return width >= ROOM_FOR_CONTENTS
        return width >= ROOM_FOR_ALL or ROOM_FOR_CONTENTS <= width < ROOM_FOR_FACTS

    def make_room(self) -> None:
        """Gives each thing beside the page its room, as far as there is any."""
        width, was_split = self.app.size.width, self.is_split
        may_split = self.evidence is not None and width >= ROOM_FOR_EVIDENCE
        classes = {
            "-split": may_split and self._host.settings.evidence != BELOW,
            "-contents": self._has_room_for_contents and self.contents.is_useful,
            "-facts": len(self.documents) > 1 and width >= ROOM_FOR_FACTS,
            "-roomy": width >= ROOM_FOR_MEASURE,
        }
        # Together, and not before there is anything that they change.
        self.update_classes(classes, update=self.main_view.is_attached, animate=False)
        if not self.is_attached or not self.main_view.is_attached:
            return
        if self.has_class("-contents") and not self.contents.is_attached:
            self.query_one("#reading").mount(self.contents, after=self.main_view)
        if self.evidence is not None and self.is_split and not self.evidence.is_attached:
            self.query_one("#reading").mount(self.evidence)
        if was_split != self.is_split:
            self._show_evidence()

    def _page_shown(self) -> None:
        self.contents.take()
        self.make_room()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == commands.EVIDENCE.action and self.evidence is None:
            return False
        return super().check_action(action, parameters)

    def action_show_evidence(self) -> None:
        if self.evidence is None:
            return
        if self.app.size.width < ROOM_FOR_EVIDENCE:
            self._host.say(f"There is room beside the page from {ROOM_FOR_EVIDENCE} columns on.")
            return
        self._host.remember("evidence", BELOW if self.is_split else BESIDE)
        if self.is_split and self.evidence.has_focus:
            self.main_view.focus()
        self.make_room()
        if self.target_shown[1] is None:
            where = "beside" if self.is_split else "below"
            self._host.say(f"The evidence of a citation is shown {where} the page.")

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
            self._host.say("This page has no sections.")
            return

        def go_to(at: int | None) -> None:
            if at is not None:
                view.scroll_to_block(at)

        self.app.push_screen(ContentsScreen(titles), go_to)
