"""Handing in the reader's ratings for the seminar that the book was made for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebook.errors import AlreadyThereError, CasebookError
from casebook.exports.files import write_export
from casebook.notebook.seminars import attendance
from casebook.seminar.answers import (
    FILE_NAME,
    answers_text,
    last_handed_in,
    name_to_give,
    rated,
    seminar_in,
    usual_round,
    write_answers,
)
from casebook.seminar.planned import Seminar
from tui.dialogs.export import ExportDialog, OneFormat, OptionGroup, TextField

if TYPE_CHECKING:
    from textual.app import App

    from casebook.seminar.rating import RatingProgress
    from tui.host import Host

NAME, ROUND, WHO = "name", "round", "who"

_ROUNDS = {1: "1, before the discussion", 2: "2, after the discussion", 3: "3"}


def hand_in(host: Host, app: App[Any]) -> None:
    """Asks what to hand in, and where to write it; or says why there is nothing to hand in."""
    seminar = seminar_in(host.book)
    if seminar is None:
        host.say(
            "This book was not made for a seminar. `casebook answers export --seminar"
            " seminar.yaml` takes the plan from a file."
        )
        return
    try:
        count = len(rated(host.book, host.keeper.notebook, seminar))
        before = attendance(host.keeper.notebook, host.book.info.slug, seminar.slug)
        last = last_handed_in(host.keeper.notebook, host.book.info.slug, seminar.slug)
    except CasebookError as error:
        host.complain(error)
        return
    if not count:
        host.say(f"You have rated none of the cases of {seminar.title} yet; P asks for ratings.")
        return
    known = before.name if before else ""
    answers = AnswersToHandIn(seminar, count, known, usual_round(last), last.round if last else 0)
    app.push_screen(ExportDialog(answers))


def offer_to_hand_in(
    host: Host, app: App[Any], progress: RatingProgress, *, rate_anew: bool = False
) -> None:
    """Asks whether all that the seminar asks to rate is to be handed in now.

    Args:
        progress: how far the reader has come.
        rate_anew: where the reader does not, the ratings are opened.
    """
    from tui.dialogs.question import QuestionScreen

    left = progress.optional_asked - progress.optional_given
    later = "Go on rating; ctrl+p, then hand in, does it later"
    if rate_anew:
        later = "Change or add ratings"
    given = "the rating" if progress.asked == 1 else f"all {progress.asked} ratings"
    question = f"You have given {given} that the seminar asks for."
    if left:
        question += f" {left} optional {'rating is' if left == 1 else 'ratings are'} left."

    def take(answer: str | None) -> None:
        if answer == "hand in":
            hand_in(host, app)
        elif answer == "rate" and rate_anew:
            host.rate_seminar()

    answers = {"hand in": "Hand your ratings in now", "rate": later}
    app.push_screen(QuestionScreen(question, answers), take)


@dataclass(frozen=True)
class AnswersToHandIn(OneFormat):
    """The reader's ratings as a file for the lecturer.

    Attributes:
        count: how many ratings there are.
        known_name: that the reader gave before; empty for none.
        usual_round: that is chosen to begin with.
        last_round: that the reader handed in last; 0 for none.
    """

    seminar: Seminar
    count: int
    known_name: str
    usual_round: int
    last_round: int

    fields = (TextField(NAME, "Your name", is_needed=True),)

    @property
    def title(self) -> str:
        noun = "rating" if self.count == 1 else "ratings"
        return f"Hand in {self.count} {noun}: {self.seminar.title}"

    def takes(self, field: str, chosen: Mapping[str, Any]) -> bool:
        return bool(chosen[WHO] == "name")

    def groups(self, chosen: Mapping[str, Any]) -> tuple[OptionGroup, ...]:
        same = {"known": f"as {self.known_name}"} if self.known_name else {}
        who = {**same, "name": "under a name", "nobody": "without a name"}
        rounds = (
            _ROUNDS
            if self.usual_round in _ROUNDS
            else {**_ROUNDS, self.usual_round: str(self.usual_round)}
        )
        return (
            OptionGroup(WHO, "Who", who, next(iter(who))),
            OptionGroup(
                ROUND,
                self._round_title(chosen.get(ROUND, self.usual_round)),
                rounds,
                self.usual_round,
                has_cursor=True,
            ),
        )

    def _round_title(self, number: int) -> str:
        """`Round`, or what becomes of the answers that the lecturer has for it."""
        if number == self.last_round:
            return f"Round {number} was handed in already; it is replaced"
        if number < self.last_round:
            return f"What you handed in for round {number} is replaced"
        return "Round"

    def file_name(self, chosen: Mapping[str, Any]) -> str:
        return FILE_NAME

    async def write(self, host: Host, path: Path, chosen: Mapping[str, Any], *, force: bool) -> str:
        if path.exists() and not force:
            # Before it is counted as handed in.
            raise AlreadyThereError(f"{path} already exists.")
        typed = str(chosen.get(NAME, "")).strip()
        if chosen[WHO] == "name" and not typed:
            raise CasebookError("Type your name, or hand the ratings in without one.")
        given = {"known": self.known_name, "name": typed}.get(chosen[WHO], "")
        name = name_to_give(
            host.keeper.notebook,
            host.book.info.slug,
            self.seminar.slug,
            given,
            is_anonymous=not given,
        )
        answers = await host.keeper.write(
            lambda notebook: write_answers(
                host.book, notebook, self.seminar, name=name, number_of_round=chosen[ROUND]
            )
        )
        write_export(path, answers_text(answers), force=force)
        return f"Written: {path}. Give this file to your lecturer."
