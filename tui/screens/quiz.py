"""The quiz: a point with its evidence, a guess with a reason, then the book's rating of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import Enum, auto
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from casebook.book.volumes import volume_slugs_of
from casebook.document import DocBlock, Document, Set
from casebook.errors import CasebookError
from casebook.notebook.quiz_cards import keep_answer, quiz_cards
from casebook.notebook.values import QuizCard
from casebook.quiz.asking import GivenAnswer, Queue, Round, cards_by_point, queue_of, score_of
from casebook.quiz.documents import question_document, score_document
from casebook.quiz.guesses import HOW_TO_ANSWER, LONGEST_REASON
from casebook.quiz.points import PointKey, QuizPoint, point_at
from casebook.text import Text
from casebook.vocabulary import Rating
from tui import commands
from tui.command import Command, bindings
from tui.screens.base import CasebookScreen
from tui.screens.prediction import RATE
from tui.widgets.document_view import DocumentView
from tui.widgets.rating_bar import RatingBar

RATE_FIRST = f"Rate it first: {HOW_TO_ANSWER}."
_RATES = (
    commands.RATE_MET,
    commands.RATE_PARTLY,
    commands.RATE_NOT_MET,
    commands.RATE_SILENT,
)


class _Phase(Enum):
    """Where the reader is in a question."""

    ASKING = auto()
    REASONING = auto()
    """A rating is chosen, and a reason may be typed."""
    SHOWN = auto()
    OVER = auto()


class QuestionView(DocumentView):
    """A question; enter goes on where no citation is selected."""

    class GoOn(Message):
        """Enter, with nothing selected that could be opened."""

    def action_open(self) -> None:
        if self.chosen_target is None:
            self.post_message(self.GoOn())
        else:
            super().action_open()


class QuizScreen(CasebookScreen):
    """Asks the points of some cases in turn; nothing of what is asked is on the screen.

    Args:
        keys: what can be asked.
        title: of what is asked: the title of a case, or how many.
        limit: the questions of a round; None for all that are due or new.
    """

    CSS_PATH = "quiz.tcss"
    ACTIONS: ClassVar[tuple[Command, ...]] = (*_RATES, commands.OPEN, commands.QUIZ)
    LEADS_TO = ()
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(_RATES)]

    def __init__(self, keys: Sequence[PointKey], title: str, limit: int | None = None) -> None:
        super().__init__()
        self.keys = keys
        self.place = title
        self.limit = limit
        self.round = Round(())
        self.point: QuizPoint | None = None
        self.phase = _Phase.OVER
        self.guess: Rating | None = None
        self._kept: list[QuizCard] = []
        """What the notebook has of each answer of the round."""
        self._is_keeping = False

    def compose_body(self) -> Iterable[Widget]:
        yield QuestionView(id="question")
        yield RatingBar()
        yield Input(
            placeholder="Because \N{HORIZONTAL ELLIPSIS} (a reason is optional)",
            id="quiz-reason",
            max_length=LONGEST_REASON,
        )

    def on_mount(self) -> None:
        self.view.focus()
        self._begin()

    @property
    def view(self) -> QuestionView:
        return self.query_one(QuestionView)

    @property
    def rating_bar(self) -> RatingBar:
        return self.query_one(RatingBar)

    @property
    def reason_box(self) -> Input:
        return self.query_one("#quiz-reason", Input)

    @property
    def footer_commands(self) -> tuple[Command, ...]:
        mine: tuple[Command, ...]
        match self.phase:
            case _Phase.REASONING:
                reveal = commands.OPEN._replace(footer="reveal", keys="", display="enter")
                return (reveal, commands.BACK._replace(footer="change the rating"))
            case _Phase.ASKING:
                mine = (RATE, commands.NEXT_LINK._replace(footer="next citation"))
            case _Phase.SHOWN:
                mine = (
                    commands.OPEN._replace(footer="next"),
                    commands.UNDO._replace(footer="undo"),
                )
            case _:
                mine = (commands.QUIZ._replace(footer="another round"),)
        return (commands.HELP, *mine, *self.way_out)

    # Rounds

    def _queue(self) -> Queue:
        """What there is to ask by now."""
        today = datetime.now().astimezone().date()
        try:
            cards = quiz_cards(self.casebook.keeper.notebook, *volume_slugs_of(self.casebook.book))
        except CasebookError as error:
            self.casebook.complain(error)
            cards = []
        return queue_of(self.keys, cards_by_point(cards), today)

    def _begin(self, *, every: bool = False) -> None:
        """Begins a round.

        Args:
            every: points that are not due yet as well.
        """
        queue = self._queue()
        self.round, self._kept = Round(queue.asked(self.limit, every=every)), []
        if self.round.keys:
            self._ask()
        else:
            self._show_nothing_due(queue)

    def _show_nothing_due(self, queue: Queue) -> None:
        day = queue.next_due
        when = f" The next question is due on {day.day} {day:%B %Y}." if day else ""
        words = f"Nothing is due today.{when} Q asks anyway."
        self._enter(_Phase.OVER)
        blocks = (DocBlock(Set.TITLE, Text(self.place)), DocBlock(Set.PARAGRAPH, Text(words)))
        self.view.show(Document(self.place, blocks))

    def action_quiz(self) -> None:
        if self.phase is _Phase.OVER:
            self._begin(every=not self._queue().asked())
        else:
            self.notify_plainly("This is the quiz. esc leaves it; your answers are kept.")

    # Questions

    def _ask(self) -> None:
        """Shows the next question, or the score when there is none."""
        key = self.round.current
        if key is None:
            self._show_score()
            return
        try:
            self.point = point_at(self.casebook.book, key, self.casebook.recent_pages.page)
        except CasebookError as error:
            self.casebook.complain(error)
            self.round.skip()
            self.call_later(self._ask)
            return
        self._enter(_Phase.ASKING)
        self.view.show(question_document(self.point))

    def _show_score(self) -> None:
        self.point = None
        self._enter(_Phase.OVER)
        self.view.show(score_document(score_of(self.round.answers)))

    def _enter(self, phase: _Phase) -> None:
        """Goes to a phase: the answer's lines and the keys are those of it."""
        self.phase = phase
        if phase is not _Phase.REASONING:
            self.guess = None
            self.reason_box.value = ""
        self.reason_box.set_class(phase is _Phase.REASONING, "-shown")
        bar = self.rating_bar
        bar.chosen = self.guess
        bar.display = phase is not _Phase.OVER
        bar.words = self._verdict if phase is _Phase.SHOWN else ""
        self._focus_phase()
        self._show_place()
        self.refresh_keys()

    def _focus_phase(self) -> None:
        if self.phase is _Phase.REASONING:
            # At once: what is typed next is the reason, and no command.
            self.set_focus(self.reason_box)
        else:
            self.set_focus(self.view)

    @property
    def _verdict(self) -> str:
        given = self.round.answers[-1]
        if given.is_right:
            return "Right. enter goes on."
        again = "" if given.is_again else " It is asked again at the end."
        return f"Not the same.{again} enter goes on."

    def _show_place(self) -> None:
        self.title_bar.place = f"Quiz: {self.place}"
        score = score_of(self.round.answers)
        told = [score.said] if score.asked else []
        if self.phase is not _Phase.OVER and self.round.keys:
            number = self.round.number - (self.phase is _Phase.SHOWN)
            again = ", again" if self.round.is_again and self.phase is not _Phase.SHOWN else ""
            told.insert(0, f"{number} of {self.round.count}{again}")
        self.title_bar.aside = ", ".join(told)

    # Answers

    def action_rate_hint(self) -> None:
        self.notify_plainly(RATE_FIRST)

    def action_rate(self, word: str) -> None:
        """Chooses a rating by its name."""
        if self.phase in (_Phase.SHOWN, _Phase.OVER):
            self.notify_plainly(
                "Already revealed. enter goes on."
                if self.phase is _Phase.SHOWN
                else "The round is over. Q begins another."
            )
            return
        self.app.clear_notifications()  # a hint would cover the answer that it asked for
        self.guess = Rating(word)
        self._enter(_Phase.REASONING)

    @on(RatingBar.Rated)
    def _rated(self, event: RatingBar.Rated) -> None:
        self.action_rate(event.rating)

    @on(Input.Submitted, "#quiz-reason")
    def _reveal(self) -> None:
        if self.point is None or self.guess is None or self._is_keeping:
            return
        self._is_keeping = True
        reason = self.reason_box.value.strip()
        given = GivenAnswer(self.point, self.guess, reason, self.round.is_again)
        self.run_worker(self._keep(given), group="quiz")

    async def _keep(self, given: GivenAnswer) -> None:
        """Keeps an answer; the book's rating is shown when it is kept."""
        point = given.point
        book = self.casebook.volume_of(point.entry.slug)
        try:
            card = await self.casebook.keeper.write(
                lambda notebook: keep_answer(
                    notebook,
                    book,
                    point.entry.slug,
                    point.entry.title,
                    point.framework.slug,
                    point.criterion.key,
                    given.rating,
                    given.reason,
                    is_right=given.is_right,
                )
            )
        except CasebookError as error:
            self.casebook.complain(error)
            return
        finally:
            self._is_keeping = False
        self.round.answer(given)
        self._kept.append(card)
        self._enter(_Phase.SHOWN)
        self.view.show(question_document(point, given))
        self.casebook.notebook_changed()

    @on(QuestionView.GoOn)
    def _go_on(self) -> None:
        match self.phase:
            case _Phase.SHOWN:
                self._ask()
            case _Phase.OVER:
                self.notify_plainly("The round is over. Q begins another; esc goes back.")
            case _:
                self.notify_plainly(RATE_FIRST)

    def action_back(self) -> None:
        if self.phase is _Phase.REASONING:
            self._enter(_Phase.ASKING)
        else:
            super().action_back()

    def notebook_changed(self) -> None:
        """Asks again what has been undone."""
        if not self._kept:
            return
        try:
            cards = quiz_cards(self.casebook.keeper.notebook, *volume_slugs_of(self.casebook.book))
        except CasebookError:
            return
        known = cards_by_point(cards)
        is_changed = False
        while self._kept and _is_gone(self._kept[-1], known.get(_key_of(self._kept[-1]))):
            self._kept.pop()
            self.round.take_back()
            is_changed = True
        if is_changed:
            self._ask()

    # What the keys are about

    def entry_to_pick(self) -> str | None:
        return self.point.entry.slug if self.point is not None else None


def _key_of(card: QuizCard) -> PointKey:
    return PointKey(card.entry, card.framework, card.criterion)


def _is_gone(kept: QuizCard, now: QuizCard | None) -> bool:
    """Whether an answer is no longer in the notebook."""
    return now is None or now.asked < kept.asked
