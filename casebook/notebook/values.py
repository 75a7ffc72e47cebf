"""What the notebook answers with: plain values that say all that a face needs."""

from enum import StrEnum
from typing import Any, NamedTuple

from casebook.citations import Citation
from casebook.vocabulary import Rating


class Whose(StrEnum):
    """Whose notebook a file was made of."""

    MINE = "mine"
    THEIRS = "theirs"
    """Another reader's: what they rated, read and searched for is not the reader's own."""


class NoteKind(StrEnum):
    """What a note is on."""

    ENTRY = "entry"
    PASSAGE = "passage"
    """Some words of a page; found again by the words themselves."""
    EVENT = "event"
    CELL = "cell"
    """A case on a point of a framework."""


class ViewKind(StrEnum):
    """What has been saved under a name."""

    COMPARISON = "comparison"
    TIMELINE = "timeline"


class BasketKind(StrEnum):
    """What an item of the essay basket is."""

    HEADING = "heading"
    TEXT = "text"
    """Sentences of the reader's own."""
    STATEMENT = "statement"
    """Some words of a page, a whole passage, a paragraph of a source, a term."""
    RATING = "rating"
    """A rating with its evidence."""
    EVENT = "event"
    FIGURE = "figure"
    NOTE = "note"
    """A note of the reader's, with the words that it is on."""
    REFERENCE = "reference"
    """A source as a whole."""

    @property
    def is_own(self) -> bool:
        """True if it is all the reader's, and stands nowhere in a book."""
        return self in (BasketKind.HEADING, BasketKind.TEXT)


AROUND = 32
"""Characters that are kept of the text on each side of a quote."""

LONGEST_QUOTE = 2_000
"""Characters of a quote."""


class Quote(NamedTuple):
    """Some words of a text and the words around them.

    The TextQuoteSelector of the W3C Web Annotation model
    (https://www.w3.org/TR/annotation-model/#text-quote-selector).
    """

    exact: str
    prefix: str = ""
    suffix: str = ""


class NoteTarget(NamedTuple):
    """What a note is on.

    Attributes:
        book: the book's slug.
        entry: the entry's slug.
        title: the entry's title, kept for when the book has it no more.
        place: an anchor of `casebook.document` (`passage:3`, `event:nosaku bell`,
            `point:checklist a`); empty for the entry as a whole.
        quote: the words it is on, for a passage.
        context: the whole statement, for exports.
        citations: what the statement rests on.
    """

    book: str
    entry: str
    title: str
    place: str = ""
    quote: Quote | None = None
    context: str = ""
    citations: tuple[Citation, ...] = ()

    @property
    def kind(self) -> NoteKind:
        where = self.place.partition(":")[0]
        if where == "event":
            return NoteKind.EVENT
        if where == "point":
            return NoteKind.CELL
        return NoteKind.PASSAGE if self.place else NoteKind.ENTRY


class Note(NamedTuple):
    """A note or, where `text` is empty, a highlight.

    Attributes:
        text: Markdown.
        created: ISO 8601, UTC.
        version: to be given back when the note is changed or deleted.
        sequence: its place in the order of writing.
    """

    uid: str
    target: NoteTarget
    text: str
    created: str
    changed: str
    version: int
    sequence: int = 0

    @property
    def is_highlight(self) -> bool:
        return not self.text


class BasketItem(NamedTuple):
    """Something that is gathered for an essay.

    Attributes:
        target: where in a book it stands, with its words and citations as they were when it
            was gathered; without book and entry for what is the reader's own.
        text: the reader's words, in Markdown.
        position: its place in the essay.
        version: to be given back when it is changed or removed.
    """

    uid: str
    kind: BasketKind
    target: NoteTarget
    text: str
    created: str
    changed: str
    version: int
    position: int
    sequence: int = 0

    @property
    def words(self) -> str:
        """What stands in the essay: the words of the book, or else the reader's."""
        quote = self.target.quote
        return (quote.exact if quote else self.target.context) or self.text


class Bookmark(NamedTuple):
    """An entry to come back to."""

    book: str
    entry: str
    title: str
    created: str
    sequence: int = 0


class Tagged(NamedTuple):
    """A word of the reader's on an entry."""

    book: str
    entry: str
    title: str
    name: str
    created: str
    sequence: int = 0


class Reading(NamedTuple):
    """Where the reader stopped in an entry.

    Attributes:
        place: the anchor of the block at the top of the screen.
        line: lines that had gone by, for where the anchor is gone.
        share: how much of the page had been seen, from 0 to 1.
    """

    book: str
    entry: str
    title: str
    place: str = ""
    line: int = 0
    share: float = 0.0
    is_read: bool = False
    opened: str = ""
    visits: int = 0


class SavedView(NamedTuple):
    """A comparison or a timeline under a name.

    Attributes:
        entries: slugs, in the order they are shown in.
        framework: its slug; empty for a timeline.
        filters: whatever else the screen needs to open exactly as it was.
    """

    uid: str
    book: str
    kind: ViewKind
    name: str
    entries: tuple[str, ...]
    framework: str
    filters: dict[str, Any]
    created: str
    changed: str
    version: int
    sequence: int = 0


class Prediction(NamedTuple):
    """The reader's own rating of an entry on a point.

    Attributes:
        rating: `silent` says that the reader expects the sources to say nothing.
        revealed: when the book's rating was shown, empty before: a rating given later is
            no prediction.
    """

    book: str
    entry: str
    title: str
    framework: str
    criterion: str
    rating: Rating
    reason: str
    created: str
    changed: str
    revealed: str = ""
    version: int = 1
    sequence: int = 0


class QuizCard(NamedTuple):
    """A point on which the reader has been asked.

    Attributes:
        box: one of Leitner's boxes; see `casebook.quiz.spacing`.
        asked: how often it has been asked.
        missed: how often the answer was not the book's.
        rating: the reader's last answer, with its `reason`.
        answered: when that was, ISO 8601, UTC.
    """

    book: str
    entry: str
    framework: str
    criterion: str
    title: str
    box: int
    asked: int
    missed: int
    rating: Rating
    reason: str
    answered: str
    sequence: int = 0


class ListedEntry(NamedTuple):
    """An entry on the reading list.

    Attributes:
        position: its place on the list.
        is_read: it is ticked.
        share: how much of its page has been seen, from 0 to 1.
    """

    book: str
    entry: str
    title: str
    position: int
    created: str
    sequence: int = 0
    is_read: bool = False
    share: float = 0.0


class Attendance(NamedTuple):
    """A seminar that the reader hands in answers for.

    Attributes:
        book: the slug of the book.
        seminar: the slug of the seminar.
        student: the reader's random identifier in this seminar, and in no other.
        name: that the reader gave last; empty for none.
        round: that was answered last.
        number: how often answers were written.
        made: when they were written last, ISO 8601, UTC.
    """

    book: str
    seminar: str
    title: str
    student: str
    name: str
    round: int
    number: int
    made: str
    sequence: int = 0


class Draft(NamedTuple):
    """A note that was being written.

    Attributes:
        name: of what it is a draft; see `drafts.name_of`.
        uid: of the note being changed; empty for a new one.
        version: of the note being changed.
    """

    name: str
    target: NoteTarget
    text: str
    changed: str
    uid: str = ""
    version: int = 0
