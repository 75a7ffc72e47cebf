"""What notes, drafts and items of the essay basket are on, read out of a notebook's JSON."""

from __future__ import annotations

from casebook.citations import Citation
from casebook.notebook import notes
from casebook.notebook.backup_file import BackupError, BackupObject
from casebook.notebook.values import BasketKind, NoteTarget, Quote
from casebook.safe_text import made_safe


def is_uid(uid: str) -> bool:
    """Whether a word can be the name of a row."""
    return uid.isalnum() and uid.isascii() and len(uid) <= 64


def target_in(item: BackupObject, *, is_whole: bool = True) -> NoteTarget:
    """What a note, a draft or an item of the essay basket is on.

    Args:
        is_whole: a book and an entry are needed.

    Raises:
        BackupError: it is no such thing.
    """
    quote = None
    stored = item.data.get("quote")
    if stored is not None:
        if not isinstance(stored, dict):
            raise BackupError(f"{item.where}: 'quote' is not an object.")
        inner = BackupObject(f"{item.where}.quote", stored)
        parts = (made_safe(inner.text(name, "")) for name in ("exact", "prefix", "suffix"))
        quote = Quote(*parts)
    rows = []
    for citation in item.listed("citations"):
        if not isinstance(citation, dict):
            raise BackupError(f"{item.where}: a citation is not an object.")
        inner = BackupObject(f"{item.where}.citations", citation)
        is_inferred = bool(citation.get("inferred"))
        rows.append(Citation(inner.line("source"), inner.line("locator", ""), is_inferred))
    book, entry = (
        item.needed(name) if is_whole else item.line(name, "") for name in ("book", "entry")
    )
    return NoteTarget(
        book,
        entry,
        item.line("title", entry),
        item.line("place", ""),
        quote if quote and quote.exact else None,
        made_safe(item.text("context", "")),
        tuple(rows),
    )


def basket_item_in(item: BackupObject) -> tuple[BasketKind, NoteTarget, str]:
    """What an item of the essay basket is, what it is on, and the reader's words.

    Raises:
        BackupError: it is no such item.
    """
    try:
        kind = BasketKind(item.text("kind"))
    except ValueError:
        raise BackupError(
            f"{item.where}: '{item.line('kind')}' is not a kind of item of the essay basket."
        ) from None
    text = notes.checked_text(item.text("text", ""))
    target = target_in(item, is_whole=False)
    if kind.is_own:
        target = NoteTarget("", "", "")
    if not (text or target.context or target.quote or target.citations):
        raise BackupError(f"{item.where}: an item without words.")
    return kind, target, text
