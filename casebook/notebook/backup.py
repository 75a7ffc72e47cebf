"""The whole notebook as JSON, for keeping and for taking to another machine."""

from __future__ import annotations

from casebook.notebook import (
    basket,
    bookmarks,
    drafts,
    history,
    notes,
    predictions,
    quiz_cards,
    reading_list,
    seminars,
    views,
)
from casebook.notebook.note_json import Json, note_json, target_json
from casebook.notebook.store import Notebook
from casebook.notebook.values import (
    Attendance,
    BasketItem,
    Draft,
    Prediction,
    QuizCard,
    SavedView,
)

FORMAT = "casebook-notebook"
VERSION = 1


def as_json(notebook: Notebook) -> Json:
    """Everything in a notebook, in the order of writing. The names are a contract.

    Raises:
        NotebookError: the notebook cannot be read.
    """
    searches = notebook.ask("SELECT book, words, made FROM search ORDER BY sequence")
    return {
        "format": FORMAT,
        "version": VERSION,
        "notebook": notebook.uid,
        "notes": [note_json(note) for note in reversed(notes.all_notes(notebook))],
        "bookmarks": [
            {
                "book": bookmark.book,
                "entry": bookmark.entry,
                "title": bookmark.title,
                "created": bookmark.created,
            }
            for bookmark in reversed(bookmarks.bookmarks(notebook))
        ],
        "tags": [
            {
                "book": tag.book,
                "entry": tag.entry,
                "title": tag.title,
                "name": tag.name,
                "created": tag.created,
            }
            for tag in sorted(bookmarks.tags(notebook), key=lambda tag: tag.sequence)
        ],
        "views": [view_json(view) for view in reversed(views.views(notebook))],
        "predictions": [
            prediction_json(prediction)
            for prediction in reversed(predictions.predictions(notebook))
        ],
        "quiz": [_quiz_card_json(card) for card in reversed(quiz_cards.quiz_cards(notebook))],
        "reading_list": [
            {
                "book": listed.book,
                "entry": listed.entry,
                "title": listed.title,
                "created": listed.created,
            }
            for listed in reading_list.reading_list(notebook)
        ],
        "reading": [
            {
                "book": reading.book,
                "entry": reading.entry,
                "title": reading.title,
                "place": reading.place,
                "line": reading.line,
                "share": reading.share,
                "read": reading.is_read,
                "opened": reading.opened,
                "visits": reading.visits,
            }
            for reading in reversed(history.all_readings(notebook))
        ],
        "searches": [
            {"book": book, "words": words, "made": made} for book, words, made in searches
        ],
        "drafts": [_draft_json(draft) for draft in reversed(drafts.drafts(notebook))],
        "basket": [basket_json(item) for item in basket.items(notebook)],
        "seminars": [
            _attendance_json(attended) for attended in reversed(seminars.attendances(notebook))
        ],
    }


def basket_json(item: BasketItem) -> Json:
    """An item of the essay basket, as `casebook basket list --json` gives it."""
    return {
        "uid": item.uid,
        "kind": item.kind,
        **target_json(item.target),
        "text": item.text,
        "created": item.created,
        "changed": item.changed,
        "version": item.version,
    }


def _attendance_json(attended: Attendance) -> Json:
    return {
        "book": attended.book,
        "seminar": attended.seminar,
        "title": attended.title,
        "student": attended.student,
        "name": attended.name,
        "round": attended.round,
        "number": attended.number,
        "made": attended.made,
    }


def _draft_json(draft: Draft) -> Json:
    return {
        "uid": draft.uid,
        **target_json(draft.target),
        "text": draft.text,
        "changed": draft.changed,
        "version": draft.version,
    }


def view_json(view: SavedView) -> Json:
    """A saved comparison or timeline."""
    return {
        "uid": view.uid,
        "book": view.book,
        "kind": view.kind,
        "name": view.name,
        "entries": list(view.entries),
        "framework": view.framework,
        "filters": view.filters,
        "created": view.created,
        "changed": view.changed,
    }


def _quiz_card_json(card: QuizCard) -> Json:
    return {
        "book": card.book,
        "entry": card.entry,
        "title": card.title,
        "framework": card.framework,
        "criterion": card.criterion,
        "box": card.box,
        "asked": card.asked,
        "missed": card.missed,
        "rating": card.rating,
        "reason": card.reason,
        "answered": card.answered,
    }


def prediction_json(prediction: Prediction) -> Json:
    """One of the reader's own ratings."""
    return {
        "book": prediction.book,
        "entry": prediction.entry,
        "title": prediction.title,
        "framework": prediction.framework,
        "criterion": prediction.criterion,
        "rating": prediction.rating,
        "reason": prediction.reason,
        "created": prediction.created,
        "changed": prediction.changed,
        "revealed": prediction.revealed,
    }
