"""The notebook: what the reader adds, in an SQLite file of their own.

    with open_notebook(paths.notebook()) as notebook:
        notes.add(notebook, NoteTarget(book, slug, title), "Words")

Every function takes the open `Notebook` first, and entries by the slug of their volume
(`casebook.book.volumes.volume_of`; in a book of one volume it is the book's) and their own.
What is asked for comes as plain values (`values`); what is kept is on the disk when the
function returns, or it raises `NotebookError` with one sentence for the reader and nothing has
changed. Nothing here imports SQLModel: the classes in `tables` are the authority for the
schema, the steps in `steps/` make it.

- `store`: `open_notebook(path)` answers a `Notebook`, whose `state` says whether it can be
  written; `ChangedElsewhereError` where two windows edit the same thing.
- `notes`: `add`, `change`, `delete`, `all_notes`, `note`. A note is on a `NoteTarget`: an
  entry, a passage (with a `Quote`), an event, or a cell (`point:FRAMEWORK KEY`).
- `quotes`: makes quotes, and finds them again after the text has moved.
- `bookmarks`: `toggle_bookmark`, `bookmarks`, `set_tags`, `tags`.
- `history`: `opened`, `stopped`, `set_read`, `recent`; `searched`, `recent_searches`;
  `keep` and `kept` for how a screen stood (the tray).
- `views`: `save`, `views`, `view`, `delete` for comparisons and timelines under a name.
- `predictions`: `predict`, `reveal`, `begin_anew`, `predictions` for predict-then-reveal.
- `quiz_cards`: `keep_answer`, `quiz_cards` for the quiz.
- `reading_list`: `toggle_listed`, `put_in_order`, `reading_list`.
- `seminars`: `count_answers`, `attendance`: the identifier in a seminar.
- `drafts`: a note that is being written.
- `basket`: `add`, `add_own`, `change`, `remove`, `put_at`, `clear`, `items` for what is gathered
  for an essay; `basket_places`: what has become of it in the book at hand.
- `undo`: `undo(notebook)` takes back this window's last action.
- `listing`: everything in the notebook by time, entry or tag; `by_entry`: entry by entry.
- `search`: finds words, forgivingly; `targets`: notes on pages; `documents`: notes to read.
- `backup`, `imports`: the notebook as JSON, written and merged in.
- `files`, `migrations`, `integrity`, `checked_files`, `copies`, `salvage`: the file, and what
  is done when it is damaged.
- `tables`: the schema, as SQLModel classes.
"""

from casebook.notebook.store import ChangedElsewhereError, Notebook, open_notebook
from casebook.notebook.values import BasketKind, NoteKind, NoteTarget, Quote, ViewKind

__all__ = [
    "BasketKind",
    "ChangedElsewhereError",
    "NoteKind",
    "NoteTarget",
    "Notebook",
    "Quote",
    "ViewKind",
    "open_notebook",
]
