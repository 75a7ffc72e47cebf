"""What is shown of an entry below the list of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from casebook.book.page_values import Page
    from casebook.document import Document

LOW_PREVIEW = 10
"""Lines of a preview up to which every one of them is needed."""


class Preview(NamedTuple):
    """A card, and what stands in the border above it."""

    document: Document
    border_title: str = ""


def preview(page: Page | None, height: int) -> Preview:
    """What is shown of a page; of None an empty card.

    Args:
        height: lines of the box. Where there are few, the timeline stands in its border and
            costs none.
    """
    from casebook.document import Document
    from casebook.page_documents import card
    from casebook.timeline.documents import strip, with_strip

    if page is None:
        return Preview(Document("", ()))
    shown = card(page, with_edtf=False)
    if height > LOW_PREVIEW:
        return Preview(with_strip(shown, page))
    line = strip(page.events)
    return Preview(shown, f" {line} " if line else "")
