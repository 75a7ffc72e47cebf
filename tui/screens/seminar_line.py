"""The line on the seminar above the library, and the way from it to rating and handing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.errors import CasebookError

if TYPE_CHECKING:
    from tui.screens.base import CasebookScreen
    from tui.widgets.seminar_strip import SeminarStanding


class SeminarLine:
    """Shows how the seminar of a students' edition stands; of any other book nothing.

    Args:
        above: the selector of what the line stands above.
    """

    def __init__(self, screen: CasebookScreen, above: str) -> None:
        self._screen = screen
        self._above = above

    def _standing(self) -> SeminarStanding | None:
        host = self._screen.casebook
        if not host.book.edition.is_for_students:
            return None
        from casebook.safe_text import made_safe_line
        from casebook.seminar.answers import is_changed_since, last_handed_in, rated
        from casebook.seminar.rating import asked_ratings
        from tui.widgets.seminar_strip import SeminarStanding

        asked = asked_ratings(host.book)
        if asked is None:
            return None
        seminar, notebook = asked.seminar, host.keeper.notebook
        given = rated(host.book, notebook, seminar)
        last = last_handed_in(notebook, host.book.info.slug, seminar.slug)
        return SeminarStanding(
            made_safe_line(seminar.title),
            made_safe_line(seminar.date),
            asked.progress([(each.entry, each.criterion) for each in given]),
            handed_in=last.round if last else 0,
            is_changed=last is not None and is_changed_since(last, given),
            is_opened_by_p=not host.picked or set(host.picked) == set(asked.cases),
        )

    def show(self) -> None:
        """Shows how the seminar stands now."""
        try:
            standing = self._standing()
        except CasebookError:
            return
        strips = list(self._screen.query("SeminarStrip"))
        if standing is None:
            for strip in strips:
                strip.remove()
            return
        from tui.widgets.seminar_strip import SeminarStrip

        if not strips:
            strips = [SeminarStrip(id="seminar-strip")]
            self._screen.mount(*strips, before=self._screen.query_one(self._above))
        for strip in strips:
            if isinstance(strip, SeminarStrip):
                strip.standing = standing

    def open(self) -> None:
        """Asks for the ratings; where all are given, whether they are to be handed in."""
        try:
            standing = self._standing()
        except CasebookError as error:
            self._screen.casebook.complain(error)
            return
        if standing is not None and standing.progress.is_complete:
            from tui.dialogs.hand_in import offer_to_hand_in

            offer_to_hand_in(
                self._screen.casebook, self._screen.app, standing.progress, rate_anew=True
            )
        else:
            self._screen.casebook.rate_seminar()
