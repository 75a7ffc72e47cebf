"""The reader's notes and gathered words without the book's ratings that are hidden."""

from __future__ import annotations

from casebook.book.hidden import hides_place
from casebook.book.hiding import HIDDEN, Hiding
from casebook.notebook.listing import NotebookItem
from casebook.notebook.values import BasketItem, Draft, Note, NoteTarget


def is_hidden(hiding: Hiding, target: NoteTarget) -> bool:
    """Whether something stands on a rating that is hidden."""
    return bool(hiding.entries) and hides_place(hiding, target.entry, target.place)


def masked_target(hiding: Hiding, target: NoteTarget) -> NoteTarget:
    """What something stands on, without the words of a hidden rating."""
    if not is_hidden(hiding, target):
        return target
    return target._replace(quote=None, context=HIDDEN, citations=())


def masked_item(hiding: Hiding, item: NotebookItem) -> NotebookItem:
    """A row of the notebook, without the words of a hidden rating."""
    if not isinstance(item.value, Note | Draft):
        return item
    target = masked_target(hiding, item.value.target)
    return item._replace(value=item.value._replace(target=target))


def masked_basket_item(hiding: Hiding, item: BasketItem) -> BasketItem:
    """Something gathered for an essay, without the words of a hidden rating."""
    return item._replace(target=masked_target(hiding, item.target))
