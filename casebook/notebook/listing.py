"""Everything in a notebook in order: by time, by entry, by tag, or what was opened last.

A listing holds names and headings alone; what stands in a row is read when it comes into
view, so that ten thousand notes open as quickly as ten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from casebook import anchors
from casebook.notebook import bookmarks as notebook_bookmarks
from casebook.notebook import drafts, history, notes, predictions, reading_list, views
from casebook.notebook.store import Notebook
from casebook.notebook.values import (
    Bookmark,
    Draft,
    ListedEntry,
    Note,
    NoteTarget,
    Prediction,
    Reading,
    SavedView,
    Tagged,
)


class Order(StrEnum):
    """How a listing is arranged."""

    TIME = "time"
    ENTRY = "entry"
    TAG = "tag"
    RECENT = "recent"
    """The entries that were opened last, and what is being written."""


class ItemKind(StrEnum):
    """What a row of a listing is."""

    NOTE = "note"
    HIGHLIGHT = "highlight"
    BOOKMARK = "bookmark"
    TAG = "tag"
    VIEW = "view"
    PREDICTION = "prediction"
    LISTED = "reading list"
    DRAFT = "draft"
    READING = "reading"


Value = Note | Bookmark | Tagged | SavedView | Prediction | ListedEntry | Draft | Reading


class Listed(NamedTuple):
    """A row of a listing.

    Attributes:
        group: what it stands under: a day (`2026-05-01`), a title, a tag.
        key: of a note its uid; the rest are held by `value`.
    """

    kind: ItemKind
    group: str
    key: str
    sequence: int
    value: Value | None = None


class NotebookItem(NamedTuple):
    """A row with all that is to be shown of it."""

    kind: ItemKind
    value: Value

    @property
    def book(self) -> str:
        return self._target.book if self._has_target else self.value.book  # type: ignore[union-attr]

    @property
    def _has_target(self) -> bool:
        return isinstance(self.value, Note | Draft)

    @property
    def _target(self) -> NoteTarget:
        assert isinstance(self.value, Note | Draft)
        return self.value.target

    @property
    def entry(self) -> str:
        """The slug of the entry it belongs to; empty for a saved view."""
        if isinstance(self.value, Note | Draft):
            return self.value.target.entry
        return "" if isinstance(self.value, SavedView) else self.value.entry

    @property
    def title(self) -> str:
        """The title of the entry it belongs to, or the name of a saved view."""
        if isinstance(self.value, Note | Draft):
            return self.value.target.title
        return self.value.name if isinstance(self.value, SavedView) else self.value.title

    @property
    def place(self) -> str:
        """The anchor it belongs to."""
        match self.value:
            case Note() | Draft():
                return self.value.target.place
            case Prediction():
                return anchors.criterion(self.value.framework, self.value.criterion)
            case _:
                return ""

    @property
    def words(self) -> str:
        """What it says, in as many words as it has."""
        return self.words_with({})

    def words_with(self, titles: Mapping[str, str]) -> str:
        """What it says, with frameworks by their titles.

        Args:
            titles: those of the frameworks that are known, by slug.
        """
        match self.value:
            case Note() | Draft():
                return self.value.text or (self.value.target.quote or ("",))[0]
            case Tagged():
                return f"#{self.value.name}"
            case SavedView():
                slug = self.value.framework
                framework = f", {titles.get(slug, slug)}" if slug else ""
                return f"{self.value.kind} of {', '.join(self.value.entries)}{framework}"
            case Prediction():
                reason = f": {self.value.reason}" if self.value.reason else ""
                slug = self.value.framework
                point = f"{titles.get(slug, slug)} {self.value.criterion}"
                return f"{point}, {self.value.rating}{reason}"
            case Reading():
                return "read" if self.value.is_read else f"{self.value.share:.0%} seen"
            case ListedEntry():
                return "on the reading list, read" if self.value.is_read else "to read"
            case _:
                return ""

    @property
    def when(self) -> str:
        """When it was made or last changed, ISO 8601 in UTC."""
        match self.value:
            case Note() | SavedView() | Prediction() | Draft():
                return self.value.changed
            case Reading():
                return self.value.opened
            case _:
                return self.value.created


def local_day(when: str) -> str:
    """The reader's day of a moment in UTC, `2026-05-01`."""
    return _local(when).date().isoformat() if when else ""


def local_time(when: str) -> str:
    """The reader's hour of a moment in UTC, `14:05`."""
    return f"{_local(when):%H:%M}" if when else ""


def _local(when: str) -> datetime:
    try:
        return datetime.fromisoformat(when).astimezone()
    except (ValueError, OverflowError, OSError):
        return datetime.min.replace(tzinfo=UTC)


def key_of(value: Value) -> str:
    """A name for what is in a notebook: a note's uid, else kind and place."""
    match value:
        case Note() | SavedView():
            return value.uid
        case Draft():
            return f"draft {value.name}"
        case Tagged():
            return f"tag {value.book} {value.entry} {value.name}"
        case Prediction():
            return f"prediction {value.book} {value.entry} {value.framework} {value.criterion}"
        case _:
            return f"{type(value).__name__.lower()} {value.book} {value.entry}"


def listing(
    notebook: Notebook, order: Order, *, only: Collection[str] | None = None
) -> list[Listed]:
    """The rows of a notebook in an order.

    Args:
        only: the keys of those that are wanted, as `search` gives them; None for all.

    Raises:
        NotebookError: the file cannot be read.
    """
    if order is Order.RECENT:
        rows = _recent(notebook)
    elif order is Order.TAG:
        rows = _by_tag(notebook)
    else:
        rows = [*_note_rows(notebook, order), *_other_rows(notebook, order)]
        if order is Order.TIME:
            rows.sort(key=lambda row: -row.sequence)
        else:
            rows.sort(key=lambda row: (row.group.casefold(), -row.sequence))
    return rows if only is None else [row for row in rows if row.key in only]


def _note_rows(notebook: Notebook, order: Order) -> list[Listed]:
    stored = notebook.ask(
        "SELECT uid, sequence, changed, title, text = '' FROM note ORDER BY sequence DESC"
    )
    days: dict[str, str] = {}
    rows = []
    for uid, sequence, changed, title, is_highlight in stored:
        group = title
        if order is Order.TIME:
            # Notes of one hour share their day; there are few hours and many notes.
            hour = changed[:13]
            if hour not in days:
                days[hour] = local_day(changed)
            group = days[hour]
        kind = ItemKind.HIGHLIGHT if is_highlight else ItemKind.NOTE
        rows.append(Listed(kind, group, uid, sequence))
    return rows


def _other_rows(notebook: Notebook, order: Order) -> list[Listed]:
    rows = []
    for item in other_items(notebook):
        group = local_day(item.when) if order is Order.TIME else item.title
        if order is Order.ENTRY and item.kind is ItemKind.VIEW:
            group = SAVED
        sequence = getattr(item.value, "sequence", 0)
        rows.append(Listed(item.kind, group, key_of(item.value), sequence, item.value))
    return rows


SAVED = "Saved comparisons and timelines"
UNTAGGED = ""
"""The group of what has no tag."""


def other_items(notebook: Notebook) -> list[NotebookItem]:
    """Everything that is neither note nor highlight nor only read."""
    return [
        *(
            NotebookItem(ItemKind.BOOKMARK, bookmark)
            for bookmark in notebook_bookmarks.bookmarks(notebook)
        ),
        *(NotebookItem(ItemKind.TAG, tag) for tag in notebook_bookmarks.tags(notebook)),
        *(NotebookItem(ItemKind.VIEW, view) for view in views.views(notebook)),
        *(
            NotebookItem(ItemKind.PREDICTION, prediction)
            for prediction in predictions.predictions(notebook)
        ),
        *(NotebookItem(ItemKind.LISTED, listed) for listed in reading_list.reading_list(notebook)),
    ]


def _by_tag(notebook: Notebook) -> list[Listed]:
    """Under each tag the entries that have it and the notes that hold it; then the rest."""
    groups: dict[str, list[Listed]] = defaultdict(list)
    for tagged in notebook_bookmarks.tags(notebook):
        row = Listed(ItemKind.TAG, tagged.name, key_of(tagged), tagged.sequence, tagged)
        groups[tagged.name].append(row)
    in_notes: dict[str, list[str]] = {}
    for uid, text in notebook.ask("SELECT uid, text FROM note WHERE instr(text, '#')"):
        in_notes[uid] = notebook_bookmarks.tags_in(text)
    rest = []
    for row in _note_rows(notebook, Order.ENTRY):
        names = in_notes.get(row.key, ())
        for name in names:
            groups[name].append(row._replace(group=name))
        if not names:
            rest.append(row._replace(group=UNTAGGED))
    rest += [
        row._replace(group=UNTAGGED)
        for row in _other_rows(notebook, Order.ENTRY)
        if row.kind is not ItemKind.TAG
    ]
    ordered = [row for name in sorted(groups, key=str.casefold) for row in groups[name]]
    return [*ordered, *sorted(rest, key=lambda row: -row.sequence)]


class RatingFold(NamedTuple):
    """The ratings of a group of a listing, which are many and say little each.

    Attributes:
        rows: at least `FEWEST_FOLDED`.
    """

    group: str
    rows: Sequence[Listed]

    @property
    def words(self) -> str:
        """How many there are and of what: `32 ratings of Nosaku, Renown and 2 more cases`."""
        values = (row.value for row in self.rows)
        titles = list(dict.fromkeys(v.title for v in values if isinstance(v, Prediction)))
        named = titles if len(titles) <= _MOST_NAMED else titles[: _MOST_NAMED - 1]
        said = ", ".join(named)
        more = len(titles) - len(named)
        return f"{len(self.rows)} ratings of {said}" + (f" and {more} more cases" * (more > 0))


FEWEST_FOLDED = 2
_MOST_NAMED = 3


def with_folds(rows: Sequence[Listed]) -> list[Listed | RatingFold]:
    """The rows of a listing with the ratings of each group last, and folded where many."""
    out: list[Listed | RatingFold] = []
    for group, listed in groupby(rows, key=lambda row: row.group):
        ratings: list[Listed] = []
        for row in listed:
            (ratings if row.kind is ItemKind.PREDICTION else out).append(row)
        if len(ratings) < FEWEST_FOLDED:
            out += ratings
        else:
            out.append(RatingFold(group, ratings))
    return out


WRITING = "Drafts"
LATELY = "Recent pages"


def _recent(notebook: Notebook) -> list[Listed]:
    rows = [
        Listed(ItemKind.DRAFT, WRITING, key_of(draft), 0, draft)
        for draft in drafts.drafts(notebook)
    ]
    rows += [
        Listed(ItemKind.READING, LATELY, key_of(reading), 0, reading)
        for reading in history.recent(notebook, limit=200)
    ]
    rows += [Listed(ItemKind.VIEW, SAVED, key_of(view), 0, view) for view in views.views(notebook)]
    return rows


def items(notebook: Notebook, rows: Sequence[Listed]) -> list[NotebookItem | None]:
    """What stands in some rows; None for a note that is gone by now.

    Raises:
        NotebookError: the file cannot be read.
    """
    wanted = [row.key for row in rows if row.value is None]
    found = notes.notes(notebook, wanted)
    answered: list[NotebookItem | None] = []
    for row in rows:
        value = row.value if row.value is not None else found.get(row.key)
        answered.append(NotebookItem(row.kind, value) if value is not None else None)
    return answered


class ListingCounts(NamedTuple):
    """How much there is in a notebook."""

    notes: int
    highlights: int
    bookmarks: int
    tags: int
    views: int
    predictions: int
    read: int


def counts(notebook: Notebook) -> ListingCounts:
    """How much there is; all 0 while there is no notebook."""
    rows = notebook.ask(
        "SELECT (SELECT count(*) FROM note WHERE text <> ''),"
        " (SELECT count(*) FROM note WHERE text = ''),"
        " (SELECT count(*) FROM bookmark), (SELECT count(DISTINCT name) FROM tag),"
        " (SELECT count(*) FROM saved_view), (SELECT count(*) FROM prediction),"
        " (SELECT count(*) FROM reading WHERE is_read)"
    )
    return ListingCounts(*rows[0]) if rows else ListingCounts(0, 0, 0, 0, 0, 0, 0)
