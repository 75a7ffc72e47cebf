"""The parts that a screen is put together from, each without a screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from casebook.book.connection import Book
from casebook.book.pages import page
from casebook.comparison.matrix import compare
from casebook.errors import CasebookError
from casebook.notebook import Notebook, ViewKind, bookmarks, notes, views
from casebook.notebook.whole_entry import target_of_entry
from casebook.statement_kinds import EventKind
from casebook.timeline.chart import EventFilter, LanesBy
from casebook.timeline.reading import timeline_material
from tui.notebook_writer import Keeper
from tui.screens.copying import Copier
from tui.screens.notes_controller import NotesController, ViewAtHand
from tui.screens.targets import wish_of
from tui.screens.timeline_choice import TimelineChoice
from tui.widgets.document_layout import LinkTarget, TargetKind
from tui.widgets.matrix_layout import CellFace, MatrixFrame, MatrixLayout

if TYPE_CHECKING:
    from casebook.exports.cite import CitableStatement
    from casebook.notebook.values import Note, NoteTarget

ASIRO = "asiro-gentian-alliance"


class PlainScreen:
    """What the parts need of a screen, and nothing else."""

    def __init__(self, book: Book, notebook: Path) -> None:
        self.said: list[str] = []
        self.boxes: list[Any] = []
        self.answers: list[Any] = []
        self.copied: list[str] = []
        self.selected: str | None = None
        self.slug = ASIRO
        self.view: ViewAtHand | None = None
        self.tasks: list[asyncio.Task[None]] = []
        self.keeper = Keeper(notebook, lambda error: self.said.append(error.message))
        self.casebook: Any = SimpleNamespace(
            book=book,
            book_slug=book.info.slug,
            volume_of=lambda slug: book.info.slug,
            keeper=self.keeper,
            citation_style="book",
            say=self.said.append,
            complain=lambda error: self.said.append(error.message),
            notebook_changed=lambda: None,
        )
        self.app: Any = SimpleNamespace(
            push_screen=self._push_screen, copy_to_clipboard=self.copied.append
        )

    def _push_screen(self, box: Any, answered: Any) -> None:
        self.boxes.append(box)
        self.answers.append(answered)

    def entry_at_hand(self) -> str:
        return self.slug

    def targets_at_hand(self) -> Sequence[NoteTarget]:
        if not self.slug:
            return ()
        book = cast("Book", self.casebook.book)
        return (target_of_entry(book.info.slug, page(book, self.slug)),)

    def to_gather(self) -> Note | NoteTarget | None:
        return next(iter(self.targets_at_hand()), None)

    def note_at_hand(self) -> Note | None:
        return None

    def view_at_hand(self) -> ViewAtHand | None:
        return self.view

    def get_selected_text(self) -> str | None:
        return self.selected

    def statement_to_copy(self) -> CitableStatement | None:
        return Copier(self).statement_of(self.slug) if self.slug else None

    def text_to_copy(self) -> str:
        return ""

    def notify_plainly(self, message: str) -> None:
        self.said.append(message)

    def run_worker(
        self, work: Coroutine[Any, Any, None], *, group: str, exclusive: bool = False
    ) -> object:
        self.tasks.append(asyncio.create_task(work, name=group))
        return None

    async def settle(self) -> None:
        while self.tasks:
            await self.tasks.pop()


@asynccontextmanager
async def _screen(book: Book, folder: Path) -> AsyncIterator[PlainScreen]:
    screen = PlainScreen(book, folder / "notebook.sqlite")
    await screen.keeper.open()
    yield screen
    screen.keeper.close()


async def test_the_notebook_without_a_screen(niches: Book, tmp_path: Path) -> None:
    async with _screen(niches, tmp_path) as screen:
        controller = NotesController(screen)
        notebook, book = screen.keeper.notebook, niches.info.slug
        controller.toggle_bookmark()
        await screen.settle()
        assert [mark.entry for mark in bookmarks.bookmarks(notebook, book)] == [ASIRO]
        controller.ask_for_tags()
        screen.answers.pop()(["bells"])
        await screen.settle()
        assert bookmarks.tags_of(notebook, book, ASIRO) == ["bells"]
        controller.undo()
        await screen.settle()
        assert bookmarks.tags_of(notebook, book, ASIRO) == []
        controller.write_note()
        assert len(screen.boxes) == 2
        target = screen.targets_at_hand()[0]
        assert await controller.write(lambda n: notes.add(n, target, "Words"))
        assert [note.text for note in notes.all_notes(notebook, book=book, entry=ASIRO)] == [
            "Words"
        ]


async def test_the_notebook_says_what_is_missing(shipped: Book, tmp_path: Path) -> None:
    async with _screen(shipped, tmp_path) as screen:
        controller = NotesController(screen)
        screen.slug = ""
        for action in (
            controller.toggle_bookmark,
            controller.ask_for_tags,
            controller.write_note,
            controller.gather,
            controller.confirm_place,
            controller.ask_for_view_name,
            controller.undo,
        ):
            before = len(screen.said)
            action()
            await screen.settle()
            assert len(screen.said) == before + 1, action
        assert not screen.boxes


async def test_a_view_is_saved_under_a_name(shipped: Book, tmp_path: Path) -> None:
    async with _screen(shipped, tmp_path) as screen:
        screen.view = ViewAtHand(ViewKind.TIMELINE, (ASIRO,), "", {"lanes": "place"})
        NotesController(screen).ask_for_view_name()
        screen.answers.pop()("Seminar 3")
        await screen.settle()
        assert [view.name for view in views.views(screen.keeper.notebook)] == ["Seminar 3"]


async def test_copying_prefers_the_selection(shipped: Book, tmp_path: Path) -> None:
    async with _screen(shipped, tmp_path) as screen:
        screen.selected = "some words"
        Copier(screen).copy()
        assert screen.copied == ["some words"]
        screen.selected = None
        Copier(screen).copy()
        await screen.settle()
        assert "Gentian growers" in screen.copied[-1]
        screen.slug = ""
        Copier(screen).copy()
        assert len(screen.copied) == 2
        assert len(screen.said) == 3


def test_every_kind_of_target_but_a_note_is_the_app_s_to_open() -> None:
    for kind in TargetKind:
        target = LinkTarget(kind, "x", (cast("Any", "citation"),), 0)
        assert (wish_of(target) is None) is (kind is TargetKind.NOTE)


def test_a_timeline_s_choice_comes_back_as_it_was_kept(shipped: Book) -> None:
    material = timeline_material(shipped, (ASIRO,), title="")
    milestone = next(event for event in material.events if event.kind is EventKind.FOUNDING)
    choice = TimelineChoice(
        LanesBy.ENTRY, EventFilter((EventKind.FOUNDING,), ("Asiro",), 1, 2, certainly=True)
    ).aligned_at(milestone, material.entries)
    assert choice.milestones == {ASIRO: f"{milestone.entry.slug}#{milestone.key}"}
    assert TimelineChoice().as_kept(choice.kept) == choice
    wrong = {"lanes": "x", "kinds": ["y"], "align": 3, "first": "z", "milestones": [1]}
    assert TimelineChoice().as_kept(wrong) == TimelineChoice()
    assert choice.with_next_lanes.lanes_by is not LanesBy.ENTRY
    assert choice.of_everything == TimelineChoice(LanesBy.ENTRY)


def test_a_matrix_lays_out_what_is_in_sight(shipped: Book) -> None:
    slugs = [row[0] for row in shipped.ask("SELECT slug FROM entry ORDER BY id LIMIT 9")]
    comparison = compare(shipped, slugs)

    def face(row: int, column: int) -> CellFace:
        return CellFace("met", "good", "evidence " * 20)

    marks = MatrixLayout(comparison, MatrixFrame(80, False, False), 0, face)
    assert 0 < len(marks.columns_in_sight) < 9
    assert len(marks.body) == len(comparison.rows)
    last = MatrixLayout(comparison, MatrixFrame(80, False, False), marks.first_to_show(8), face)
    assert 8 in last.columns_in_sight
    texts = MatrixLayout(comparison, MatrixFrame(80, False, True), 0, face)
    assert len(texts.columns_in_sight) < len(marks.columns_in_sight)
    start, end = texts.lines_of_row(0)
    assert end - start > 3


async def test_what_is_to_be_kept_is_kept_though_nobody_waits_for_it_any_more(
    tmp_path: Path,
) -> None:
    """Who leaves a screen, or the app, cancels what waits for the disk there."""
    said: list[CasebookError] = []
    keeper = Keeper(tmp_path / "mine.sqlite", said.append)
    await keeper.open()
    disk, kept = Event(), []

    def refuse(_: Notebook) -> None:
        raise CasebookError("The disk is full.")

    keeper.later(lambda _: disk.wait(10))
    waiting = [
        asyncio.create_task(keeper.write(lambda _: kept.append("a rating"))),
        asyncio.create_task(keeper.write(refuse)),
    ]
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    assert all(
        isinstance(done, asyncio.CancelledError)
        for done in await asyncio.gather(*waiting, return_exceptions=True)
    )
    disk.set()
    await asyncio.to_thread(keeper.settle)
    assert kept == ["a rating"]
    await asyncio.sleep(0)  # the loop hears of the failure
    assert [error.message for error in said] == ["The disk is full."]
    keeper.close()
