"""Opens saved comparisons and timelines as they were."""

from __future__ import annotations

from casebook.book import entries
from casebook.book.volumes import has_volume
from casebook.notebook.values import SavedView, ViewKind
from casebook.safe_text import made_safe_line
from tui.host import Host


def open_view(host: Host, view: SavedView) -> None:
    """Opens a saved comparison or timeline; what the book has no more is told."""
    if not has_volume(host.book, view.book):
        host.say(f"This was saved from another book: {view.book}.")
        return
    known = entries.refs(host.book, view.entries)
    missing = [slug for slug in view.entries if slug not in known]
    if missing:
        host.say(f"No longer in this edition of the book: {', '.join(missing)}.")
    there = tuple(slug for slug in view.entries if slug in known)
    if not there:
        return
    if view.kind is ViewKind.COMPARISON:
        host.fill_tray(there)
        host.open_comparison(view)
    else:
        title = view.filters.get("title")
        shown = made_safe_line(title) if isinstance(title, str) else ""
        host.open_timeline(there, shown, view)
