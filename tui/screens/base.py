"""What every screen has: a title, keys, a way out, and good manners on a small terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget

from casebook.errors import CasebookError
from tui import commands
from tui.command import Command, bindings
from tui.host import Guest
from tui.screens.copying import Copier
from tui.screens.notes_controller import NotesController, ViewAtHand
from tui.screens.sizes import SizedScreen
from tui.widgets.bars import KeyBar, TitleBar

if TYPE_CHECKING:
    from casebook.citations import Citation
    from casebook.exports.cite import CitableStatement
    from casebook.notebook import NoteTarget
    from casebook.notebook.values import Note
    from tui.screens.reading_pane import ReadingPane
    from tui.widgets.document_view import DocumentView

TO_THE_FOUND = commands.OPEN._replace(footer="to the results", keys="", display="enter")
"""Enter, while what is looked for is typed: the box reads the key by itself."""

WHILE_FINDING = (TO_THE_FOUND, commands.BACK._replace(footer="stop"))
"""What keys do while words to find are typed; all others are letters of them."""


_ABOUT_AN_ENTRY = (commands.TIMELINE, commands.PICK, commands.NOTE, commands.MAP)
"""Commands that need an entry, or something that belongs to one."""


def _as_named(shown: Iterable[Command]) -> tuple[Command, ...]:
    """Commands of the line of keys as the help names them."""
    return tuple(command for command in shown if command.keys)


class CasebookScreen(SizedScreen, Guest, Screen[None]):
    """A full screen with a title above and keys below.

    `ACTIONS` are the commands of the screen itself, in the order of the footer; those of
    its widgets are found by the help. A screen says what its keys are about (the entry, the
    note, the statement that is chosen); the parts that it owns do the rest.

    Attributes:
        pane: the documents of a screen that is for reading.
    """

    ACTIONS: ClassVar[tuple[Command, ...]] = ()
    LEADS_TO: ClassVar[tuple[Command, ...]] = (commands.NOTE, commands.NOTEBOOK)
    """Commands of every screen for which this one's line of keys is to have room."""
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((*commands.EVERYWHERE, *commands.NOTING, *commands.AUTHORING, commands.CONTENTS))
    ]

    pane: ReadingPane | None = None
    drawn_with_details = False
    """Whether dates were last drawn in their notation as well."""

    def __init__(self) -> None:
        super().__init__()
        self.notes_controller = NotesController(self)
        self.copier = Copier(self)

    def compose(self) -> ComposeResult:
        yield TitleBar()
        yield from self.compose_body()
        yield KeyBar()

    def on_screen_resume(self) -> None:
        self.show_tray(self.casebook.picked)
        self.title_bar.crumbs = tuple(self.casebook.crumbs)
        self.refresh_keys()
        if self.drawn_with_details is not self.casebook.shows_details:
            self.drawn_with_details = self.casebook.shows_details
            self.details_changed()
        if self.has_missed_changes:
            self.has_missed_changes = False
            self.notebook_changed()

    def compose_body(self) -> Iterable[Widget]:
        """The widgets between title and keys."""
        raise NotImplementedError

    @property
    def title_bar(self) -> TitleBar:
        return self.query_one(TitleBar)

    @property
    def footer_commands(self) -> tuple[Command, ...]:
        """What the line of keys shows, the most important first."""
        if self.pane is not None and self.pane.is_typing:
            return WHILE_FINDING
        here: tuple[Command, ...] = getattr(self.focused, "keys_here", ())
        wanted = (*here, *self.ACTIONS, commands.SEARCH, *self.LEADS_TO)
        # An action once, by its first name; what is first to be dropped stands last.
        mine: dict[str, Command] = {}
        for command in wanted:
            if command.footer:
                mine.setdefault(command.action, command)
        useful = (command for command in mine.values() if self.is_of_use(command))
        return (commands.HELP, *useful, *self.way_out)

    def is_of_use(self, command: Command) -> bool:
        """Whether a command would do anything now, for the line of keys."""
        if command.action == commands.OPEN.action:
            return bool(getattr(self.focused, "can_open", True))
        return command not in _ABOUT_AN_ENTRY or bool(self.entry_at_hand())

    @property
    def way_out(self) -> tuple[Command, ...]:
        """The command that leaves the screen, for the line of keys."""
        return (commands.BACK,)

    @property
    def all_commands(self) -> list[tuple[str, tuple[Command, ...]]]:
        """What can be done here, in groups for the help."""
        groups: list[tuple[str, tuple[Command, ...]]] = [
            ("Here", _as_named(self.footer_commands)),
            ("This screen", self.ACTIONS),
        ]
        for widget in self.query(Widget):
            actions: tuple[Command, ...] = getattr(widget, "ACTIONS", ())
            name = getattr(widget, "HELP_NAME", "")
            if actions and widget.display and (name, actions) not in groups:
                groups.append((name or "Lists and pages", actions))
        groups.append(("Your notebook", commands.NOTING))
        if self.casebook.authored is not None:
            groups.append(("Your pack", commands.AUTHORING))
        groups.append(("Everywhere", commands.EVERYWHERE))
        return groups

    @property
    def all_signs(self) -> list[tuple[str, str]]:
        """The signs on the screen, each with its meaning, for the help."""
        found: dict[str, str] = {}
        for widget in self.query(Widget):
            if widget.display:
                found |= dict(getattr(widget, "SIGNS", ()))
        return list(found.items())

    def refresh_keys(self) -> None:
        """Draws the line of keys anew."""
        for bar in self.query(KeyBar):
            bar.refresh()

    def on_document_view_target_chosen(self) -> None:
        self.refresh_keys()

    def on_descendant_focus(self) -> None:
        self.refresh_keys()

    def on_descendant_blur(self) -> None:
        self.refresh_keys()

    def action_back(self) -> None:
        if self.pane is not None and self.pane.is_finding:
            self.pane.stop_finding()
        else:
            self.casebook.go_back()

    def action_back_to(self, at: int) -> None:
        """Goes back to the place of a crumb in the title, counted from 0."""
        self.casebook.go_back(len(self.casebook.crumbs) - at)

    def action_history_back(self) -> None:
        self.casebook.go_back()

    def action_history_forward(self) -> None:
        self.casebook.go_forward()

    def action_contents(self) -> None:
        self.notify_plainly("Only pages have contents; enter opens the selected entry.")

    def action_help(self) -> None:
        from tui.dialogs.help import HelpScreen

        self.app.push_screen(HelpScreen(self.all_commands, self.all_signs))

    def action_search(self) -> None:
        self.casebook.open_search()

    def action_sources(self) -> None:
        self.casebook.open_source()

    def action_glossary(self) -> None:
        self.casebook.open_glossary()

    def action_palette(self) -> None:
        self.app.action_command_palette()

    def action_quit(self) -> None:
        self.casebook.leave()

    # The way back

    @property
    def crumb(self) -> str:
        """The screen's name in the titles of those that were opened from it."""
        return self.title_bar.place

    def place_kept(self) -> Any:
        """What `take_place` needs to show the screen as it is now.

        Only a screen that can be opened anew while it lies below another has any; all others
        stay as they are until the reader comes back.
        """
        return None

    def take_place(self, kept: Any) -> None:
        """Shows the screen as it was when `place_kept` was asked."""

    def shows(self, citation: Citation | None) -> bool:
        """Whether the screen stands at what a citation names; for None at the list of sources."""
        return False

    # What the keys are about

    def entry_to_pick(self) -> str | None:
        """The entry that the keys are about here, or None."""
        if self.pane is None:
            return None
        from tui.screens.targets import entry_chosen

        return entry_chosen(self.pane.view)

    def entry_at_hand(self) -> str:
        """The slug of the entry that is chosen or shown; empty for none."""
        return self.entry_to_pick() or ""

    def targets_at_hand(self) -> Sequence[NoteTarget]:
        """What a note could be on, the likeliest first; the last is the entry as a whole."""
        slug = self.entry_at_hand()
        if not slug:
            return ()
        from casebook.notebook.targets import target_of_entry

        page = self.casebook.recent_pages.page(slug)
        return (target_of_entry(page.entry.volume, page),)

    def note_of(self, uid: str) -> Note | None:
        """A note that the screen shows, by its uid."""
        return None

    def note_at_hand(self) -> Note | None:
        """The note that is chosen."""
        return None

    def view_at_hand(self) -> ViewAtHand | None:
        """What the screen shows, to be saved under a name; None where it cannot be."""
        return None

    def statement_to_copy(self) -> CitableStatement | None:
        """What copying cites while nothing is selected; None where that is nothing."""
        if self.pane is None:
            return None
        from tui.screens.targets import statement_chosen, statement_of_term

        view = self.pane.view
        return statement_chosen(view) or statement_of_term(self.casebook.book, view)

    def text_to_copy(self) -> str:
        """What copying means while nothing is selected and nothing can be cited."""
        if self.pane is None:
            return ""
        from tui.screens.targets import text_chosen

        note = self.note_at_hand()
        return note.text if note else text_chosen(self.pane.view)

    def to_gather(self) -> Note | NoteTarget | None:
        """What goes into the essay basket; None where nothing is selected that could."""
        note = self.note_at_hand()
        targets = () if note else self.targets_at_hand()
        if note or targets:
            return note or targets[0]
        from tui.screens.targets import statement_selected, target_of_statement

        view = self._view_selected_in
        statement = statement_selected(view) if view is not None else self.statement_to_copy()
        return statement and target_of_statement(self.casebook.book_slug, statement)

    # Links and citations

    def on_document_view_target_opened(self, event: DocumentView.TargetOpened) -> None:
        from tui.screens.targets import wish_of

        wish = wish_of(event.target)
        if wish is not None:
            self.post_message(wish)
        elif note := self.note_of(event.target.value):
            self.notes_controller.open_note((note.target,), note)

    # The notebook

    def action_bookmark(self) -> None:
        self.notes_controller.toggle_bookmark()

    def action_to_read(self) -> None:
        self.notes_controller.toggle_listed()

    def action_reading_list(self) -> None:
        from tui.dialogs.reading_list import ReadingListScreen

        def opened(slug: str | None) -> None:
            if slug is not None:
                self.casebook.open_entry(slug)

        self.app.push_screen(ReadingListScreen(self.notes_controller), opened)

    def action_tags(self) -> None:
        self.notes_controller.ask_for_tags()

    def action_note(self) -> None:
        self.notes_controller.write_note()

    def action_edit(self) -> None:
        self.notes_controller.edit_in_editor()

    def action_confirm(self) -> None:
        self.notes_controller.confirm_place()

    def action_undo(self) -> None:
        if not self.casebook.restore_tray():
            self.notes_controller.undo()

    def action_save_view(self) -> None:
        self.notes_controller.ask_for_view_name()

    def action_notebook(self) -> None:
        self.casebook.open_notebook_screen()

    def action_gather(self) -> None:
        self.notes_controller.gather()

    def action_basket(self) -> None:
        self.casebook.open_basket()

    # The author's pack

    def words_at_hand(self) -> str:
        """The words that are chosen or shown first, by which their line in a file is found."""
        if self.pane is not None:
            return self.pane.view.words_at_hand
        statement = self.statement_to_copy()
        return statement.words if statement is not None else ""

    def action_edit_file(self) -> None:
        self.run_worker(self._edit_file(), group="editing", exclusive=True)

    async def _edit_file(self) -> None:
        from tui.authoring import NO_PACK, edit_entry

        slug = self.entry_at_hand()
        if self.casebook.authored is None:
            self.notify_plainly(NO_PACK)
        elif not slug:
            self.notify_plainly("Select an entry to edit its file.")
        else:
            try:
                await edit_entry(self.casebook, slug, self.words_at_hand())
            except CasebookError as error:
                self.casebook.complain(error)

    # The tray

    def show_tray(self, tray: tuple[str, ...]) -> None:
        """Shows what is in the tray: called when the screen comes to the front or it changes."""
        for bar in self.query(TitleBar):
            bar.picked = len(tray)

    def action_pick(self) -> None:
        slug = self.entry_to_pick()
        if slug is None:
            self.notify_plainly("Select an entry to add it to the comparison.")
            return
        self.casebook.pick(slug)

    # Timelines

    def slugs_in_time(self) -> tuple[str, ...]:
        """The entries whose timeline is shown from here."""
        slug = self.entry_to_pick()
        return (slug,) if slug else ()

    def action_timeline(self) -> None:
        slugs = self.slugs_in_time()
        if slugs:
            self.casebook.open_timeline(slugs)
        else:
            self.notify_plainly("Select an entry to see its timeline.")

    def action_timeline_of_tray(self) -> None:
        if self.casebook.picked:
            self.casebook.open_timeline(self.casebook.picked)
        else:
            self.notify_plainly("The comparison is empty; p adds an entry.")

    def action_timeline_of_book(self) -> None:
        self.casebook.open_timeline(None)

    # Maps

    def slugs_on_map(self) -> Sequence[str] | None:
        """The entries whose places are shown from here; None for the whole book."""
        return self.slugs_in_time()

    def action_map(self) -> None:
        slugs = self.slugs_on_map()
        if slugs is None or slugs:
            self.casebook.open_map(slugs)
        else:
            self.notify_plainly("Select an entry to see where it is.")

    def action_map_of_tray(self) -> None:
        if self.casebook.picked:
            self.casebook.open_map(self.casebook.picked)
        else:
            self.notify_plainly("The comparison is empty; p adds an entry.")

    def action_map_of_book(self) -> None:
        self.casebook.open_map(None)

    def action_compare(self) -> None:
        self.casebook.open_comparison()

    def action_predict(self) -> None:
        self.casebook.open_comparison(predicting=True)

    # The quiz

    def action_quiz(self) -> None:
        slugs = self.slugs_in_time()
        if slugs:
            self.casebook.open_quiz(slugs)
        else:
            self.action_quiz_of_book()

    def action_quiz_of_tray(self) -> None:
        if self.casebook.picked:
            self.casebook.open_quiz(self.casebook.picked)
        else:
            self.notify_plainly("The comparison is empty; p adds an entry.")

    def action_quiz_of_book(self) -> None:
        self.casebook.open_quiz(())

    # Patterns

    def action_patterns(self) -> None:
        self.action_patterns_of_book()

    def action_patterns_of_tray(self) -> None:
        if self.casebook.picked:
            self.casebook.open_patterns(self.casebook.picked)
        else:
            self.notify_plainly("The comparison is empty; p adds an entry.")

    def action_patterns_of_book(self) -> None:
        self.casebook.open_patterns(())

    def action_details(self) -> None:
        self.casebook.shows_details = not self.casebook.shows_details
        self.drawn_with_details = self.casebook.shows_details
        self.details_changed()

    def details_changed(self) -> None:
        """What the screen shows of dates is drawn anew."""

    def action_theme(self) -> None:
        from tui.dialogs.themes import ThemeScreen

        self.app.push_screen(ThemeScreen())

    def action_tour(self) -> None:
        self.casebook.begin_tour()

    def action_copy(self) -> None:
        self.copier.copy()

    def action_copy_cited(self) -> None:
        from tui.screens.targets import statement_selected

        view = self._view_selected_in
        statement = statement_selected(view) if view is not None else self.statement_to_copy()
        if statement is not None:
            self.copier.copy_statement(statement)
        else:
            self.copier.copy()

    # What is selected with the mouse

    @property
    def _view_selected_in(self) -> DocumentView | None:
        """The document in which words are selected."""
        if not self.selections:
            return None
        from tui.widgets.document_view import DocumentView

        views = (view for view in self.selections if isinstance(view, DocumentView))
        return next((view for view in views if view.selected_spans), None)

    def on_text_selected(self) -> None:
        """Offers what can be done with words, when the mouse has selected them."""
        view = self._view_selected_in
        if view is None:
            return
        from tui.widgets.selection_bar import SelectionBar

        bars = self.query(SelectionBar)
        if any(bar.view is view for bar in bars):
            return  # it follows the selection by itself; this may be a click on it
        bars.remove()
        self.mount(SelectionBar(view, self.commands_for_selection))

    @property
    def commands_for_selection(self) -> tuple[Command, ...]:
        """What can be done here with words that are selected."""
        noting = (commands.NOTE,) if self.targets_at_hand() else ()
        return (
            commands.COPY_CITED._replace(footer="copy with citation"),
            *noting,
            commands.GATHER._replace(footer="essay"),
        )

    def notify_plainly(self, message: str, *, is_error: bool = False) -> None:
        """Shows a message for a moment; nothing in it is markup."""
        self.app.clear_notifications()
        if is_error:
            self.app.notify(message, severity="error", markup=False, timeout=6)
        else:
            self.app.notify(message, markup=False, timeout=3)
