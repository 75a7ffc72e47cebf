"""What stands in the notebook, as a document to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from casebook.book import entries
from casebook.book.connection import Book
from casebook.book.lists import frameworks
from casebook.book.sources import sources_by_slug
from casebook.book.volumes import has_volume
from casebook.document import DocBlock, Document, Set
from casebook.notebook import bookmarks, notes
from casebook.notebook.listing import NotebookItem, RatingFold, local_day, local_time
from casebook.notebook.masking import masked_target
from casebook.notebook.store import Notebook
from casebook.notebook.values import (
    Draft,
    Note,
    NoteKind,
    NoteTarget,
    Prediction,
    Reading,
    SavedView,
)
from casebook.rating_signs import signed_rating
from casebook.text import Text
from casebook.text_builder import TextBuilder

MOST_NOTES = 50
"""Notes of an entry that are shown below its bookmark."""


def item_document(item: NotebookItem, book: Book, notebook: Notebook) -> Document:
    """One thing of the notebook in full.

    Raises:
        CasebookError: the book or the notebook cannot be read.
    """
    match item.value:
        case Note() | Draft():
            target = masked_target(book.hidden, item.value.target)
            return _of_target(target, item.value.text, item, book)
        case SavedView() as view:
            return _of_view(view, book)
        case Prediction() as rating:
            return _of_rating(rating, item, book)
        case _:
            return _of_entry(item, book, notebook)


def ratings_document(fold: RatingFold) -> Document:
    """What the folded ratings of a group are."""
    counts = Counter(NotebookItem(row.kind, row.value).title for row in fold.rows if row.value)
    blocks = [
        DocBlock(Set.TITLE, Text(f"{len(fold.rows)} ratings of your own")),
        DocBlock(
            Set.PARAGRAPH,
            Text("From quizzes and predictions. enter shows them one by one, or hides them again."),
        ),
    ]
    blocks += [DocBlock(Set.ITEM, Text(f"{title}: {count}")) for title, count in counts.items()]
    return Document("", tuple(blocks))


def _title(item: NotebookItem, book: Book) -> DocBlock:
    builder = TextBuilder()
    here = has_volume(book, item.book)
    ref = entries.refs(book, [item.entry]).get(item.entry) if here else None
    if ref is not None:
        builder.entry(ref)
    else:
        builder.add(item.title)
        why = "no longer in this edition of the book" if here else f"in the book '{item.book}'"
        builder.add(f" ({why})")
    return DocBlock(Set.TITLE, builder.text(), anchor="top")


def _of_target(target: NoteTarget, text: str, item: NotebookItem, book: Book) -> Document:
    sources = sources_by_slug(book, (citation.source for citation in target.citations))
    blocks = [_title(item, book)]
    if target.quote is not None:
        blocks += _state_of_quote(target, item, book)
        quoted = TextBuilder().add(target.quote.exact).cite(target.citations)
        blocks.append(DocBlock(Set.QUOTE, quoted.text()))
    elif target.kind is not NoteKind.ENTRY:
        blocks.append(
            DocBlock(Set.QUOTE, TextBuilder().add(target.context).cite(target.citations).text())
        )
    blocks += words_as_blocks(text)
    when = f"{local_day(item.when)} {local_time(item.when)}"
    blocks.append(_fact("Written", when))
    return Document(target.title, tuple(blocks), sources)


def _state_of_quote(target: NoteTarget, item: NotebookItem, book: Book) -> Iterator[DocBlock]:
    """What has become of the words that a note is on, where they are not as they were."""
    if not isinstance(item.value, Note) or not has_volume(book, item.book):
        return
    if entries.find_key(book, target.entry) is None:
        return
    from casebook.book import pages
    from casebook.notebook.quotes import Certainty, find
    from casebook.notebook.targets import texts_of
    from casebook.page_documents import whole_page

    document = whole_page(pages.page(book, target.entry))
    assert target.quote is not None
    found = find(target.quote, target.place, texts := texts_of(document))
    if found is None:
        yield DocBlock(Set.WARNING, Text("These words are gone from the page."))
    elif found.certainty is Certainty.CHANGED:
        now = texts.words_of(found)
        told = f"The text has changed here. It is now “{now}”; Y attaches the note to these words."
        yield DocBlock(Set.WARNING, Text(told))


def words_as_blocks(text: str) -> Iterator[DocBlock]:
    """The words of a note: paragraphs and list items, with their Markdown as it was written."""
    paragraph: list[str] = []
    fence = False
    for line in [*text.split("\n"), ""]:
        stripped = line.strip()
        is_item = stripped.startswith(("- ", "* ")) and not fence
        if stripped.startswith("```"):
            fence = not fence
        if paragraph and (is_item or not stripped) and not fence:
            yield DocBlock(Set.PARAGRAPH, Text(" ".join(paragraph)))
            paragraph = []
        if is_item:
            depth = (len(line) - len(line.lstrip())) // 2 + 1
            yield DocBlock(Set.ITEM, Text(stripped[2:]), "\N{BULLET}", min(depth, 6))
        elif stripped:
            paragraph.append(stripped)
    if paragraph:
        yield DocBlock(Set.PARAGRAPH, Text(" ".join(paragraph)))


def _of_view(view: SavedView, book: Book) -> Document:
    here = has_volume(book, view.book)
    refs = entries.refs(book, view.entries) if here else {}
    blocks = [DocBlock(Set.TITLE, Text(view.name), anchor="top")]
    blocks.append(_fact("Saved", f"{view.kind}, {local_day(view.changed)}"))
    if view.framework:
        blocks.append(_fact("Framework", view.framework))
    for slug in view.entries:
        ref = refs.get(slug)
        builder = TextBuilder()
        if ref is not None:
            builder.entry(ref)
        else:
            builder.add(f"{slug} (not in this book)")
        blocks.append(DocBlock(Set.ITEM, builder.text(), "\N{BULLET}", 1))
    told = "; ".join(f"{name}: {value}" for name, value in view.filters.items() if value)
    if told:
        blocks.append(_fact("Shown", told))
    return Document(view.name, tuple(blocks))


def _of_rating(rating: Prediction, item: NotebookItem, book: Book) -> Document:
    """A rating with its framework and point by their titles, as far as the book has them."""
    here = has_volume(book, item.book)
    known = frameworks(book) if here else []
    framework = next((framework for framework in known if framework.slug == rating.framework), None)
    point = framework.criterion(rating.criterion) if framework else None
    blocks = [
        _title(item, book),
        DocBlock(Set.PARAGRAPH, Text(signed_rating(rating.rating))),
        _fact("Framework", framework.title if framework else rating.framework),
        _fact("Point", f"{point.key} {point.title}" if point else rating.criterion),
    ]
    if rating.reason:
        blocks.append(_fact("Reason", rating.reason))
    blocks.append(_fact("Since", local_day(item.when)))
    return Document(item.title, tuple(blocks))


def _of_entry(item: NotebookItem, book: Book, notebook: Notebook) -> Document:
    blocks = [_title(item, book)]
    if item.words:
        blocks.append(DocBlock(Set.PARAGRAPH, Text(item.words)))
    names = bookmarks.tags_of(notebook, item.book, item.entry)
    if names:
        blocks.append(_fact("Tags", " ".join(f"#{name}" for name in names)))
    if isinstance(item.value, Reading):
        times = "once" if item.value.visits == 1 else f"{item.value.visits} times"
        blocks.append(_fact("Opened", f"{times}, last on {local_day(item.when)}"))
    else:
        blocks.append(_fact("Since", local_day(item.when)))
    own = notes.all_notes(notebook, book=item.book, entry=item.entry)
    if own:
        blocks.append(DocBlock(Set.HEADING, Text("Notes on it"), level=2, anchor="section:notes"))
    for note in own[:MOST_NOTES]:
        quote = note.target.quote
        words = note.text or (quote.exact if quote else "")
        blocks.append(DocBlock(Set.ITEM, Text(" ".join(words.split())), "\N{BULLET}", 1))
    return Document(item.title, tuple(blocks))


def _fact(name: str, words: str) -> DocBlock:
    return DocBlock(Set.FACT, Text(words), lead=name)
