"""What can be done on every screen: going elsewhere, writing to the notebook, copying."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from casebook.errors import CasebookError
from tui.screens.at_hand import AtHand

if TYPE_CHECKING:
    from tui.screens.copying import Copier
    from tui.screens.notes_controller import NotesController


class ActionsEverywhere(AtHand):
    """The part of a screen that does what the commands of every screen ask for.

    Attributes:
        drawn_with_details: whether dates were last drawn in their notation as well.
    """

    drawn_with_details = False

    # Neither is needed before a key asks for it.

    @cached_property
    def notes_controller(self) -> NotesController:
        from tui.screens.notes_controller import NotesController

        return NotesController(self)

    @cached_property
    def copier(self) -> Copier:
        from tui.screens.copying import Copier

        return Copier(self)

    # Going elsewhere

    def action_history_back(self) -> None:
        self.casebook.go_back()

    def action_history_forward(self) -> None:
        self.casebook.go_forward()

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

    def action_pick(self) -> None:
        slug = self.entry_to_pick()
        if slug is None:
            self.notify_plainly("Select an entry to add it to the comparison.")
            return
        self.casebook.pick(slug)

    # Timelines

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

    # Seminars

    def action_rate_seminar(self) -> None:
        if not self.casebook.rate_seminar():
            self.notify_plainly(
                "This book was not made for a seminar. P rates the cases that you add with p."
            )

    def action_hand_in(self) -> None:
        from tui.dialogs.hand_in import hand_in

        hand_in(self.casebook, self.app)

    def action_reveal_sealed(self) -> None:
        if self.casebook.served is not None:
            self.notify_plainly("In a browser there are no files to open.")
        elif not self.casebook.book.edition.seals:
            self.notify_plainly("Nothing is sealed in this book.")
        else:
            from tui.dialogs.seal_path import SealPathScreen

            def revealed(_: object) -> None:
                self.action_reload_book()

            self.app.push_screen(SealPathScreen(self.casebook.book.path), revealed)

    def action_reload_book(self) -> None:
        self.run_worker(self.casebook.reload_book(), group="reloading", exclusive=True)

    def action_open_class(self) -> None:
        from casebook.seminar.class_places import ClassPlace
        from tui.dialogs.class_path import ClassPathScreen

        def opened(place: ClassPlace | None) -> None:
            if place is not None:
                self.casebook.open_class(place)

        if self.casebook.served is not None:
            self.notify_plainly("In a browser there are no files of a class to open.")
            return
        self.app.push_screen(ClassPathScreen(), opened)

    def action_join_class(self) -> None:
        from tui.dialogs.join_class import JoinClassScreen

        if self.casebook.served is not None:
            self.notify_plainly("In a browser no class on a server can be joined.")
            return
        self.app.push_screen(JoinClassScreen())

    def action_patterns_of_book(self) -> None:
        self.casebook.open_patterns(())

    # Dates, colours, the tour

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

    # Copying

    def action_copy(self) -> None:
        self.copier.copy()

    def action_copy_cited(self) -> None:
        from tui.screens.targets import statement_selected

        view = self.view_selected_in
        statement = statement_selected(view) if view is not None else self.statement_to_copy()
        if statement is not None:
            self.copier.copy_statement(statement)
        else:
            self.copier.copy()

    def notify_plainly(self, message: str, *, is_error: bool = False) -> None:
        """Shows a message for a moment; nothing in it is markup."""
        self.app.clear_notifications()
        if is_error:
            self.app.notify(message, severity="error", markup=False, timeout=6)
        else:
            self.app.notify(message, markup=False, timeout=3)
