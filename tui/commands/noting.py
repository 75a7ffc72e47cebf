"""What the reader writes: the notebook, notes and the essay basket."""

from __future__ import annotations

from tui.command import Command
from tui.commands.everywhere import COMPARE, MAP, PICK, TIMELINE

NOTEBOOK = Command(
    "notebook",
    "Open the notebook",
    "notebook",
    "b",
    "notebook",
    synonyms="notes highlights bookmarks",
)
BOOKMARK = Command(
    "bookmark", "Add or remove a bookmark", "bookmark", "B", synonyms="favourite star remember"
)
NOTE = Command(
    "note",
    "Write a note on the selected passage or the entry",
    "note",
    "a",
    "note",
    synonyms="annotate comment write",
)
TAGS = Command(
    "tags", "Edit the tags of the entry", "tags", "number_sign", synonyms="label keyword category"
)
EDIT = Command(
    "edit",
    "Write or edit the note in your own editor ($EDITOR)",
    "edit",
    "e",
    synonyms="change external vim nano",
)
UNDO = Command(
    "undo", "Undo the last change to the notebook", "undo", "u", synonyms="take back revert"
)
CONFIRM = Command(
    "confirm",
    "Attach the note to the changed text",
    "confirm",
    "Y",
    synonyms="accept confirm moved",
)
SAVE_VIEW = Command(
    "save-view",
    "Save this comparison or timeline under a name",
    "save_view",
    "S",
    synonyms="keep store remember",
)
EXPORT = Command(
    "export",
    "Export…: write a file to print, send or keep",
    "export",
    "E",
    "export",
    synonyms="save print write download file handout",
)
TO_READ = Command(
    "to-read",
    "Add to the reading list, or remove from it",
    "to_read",
    "W",
    synonyms="later want queue",
)
READING_LIST = Command(
    "reading-list",
    "Open the reading list, to read, order and tick",
    "reading_list",
    "ctrl+r",
    synonyms="to read later queue plan",
)
GATHER = Command(
    "gather",
    "Put this into the essay basket",
    "gather",
    "I",
    synonyms="insert add essay quote collect draft",
)
BASKET = Command(
    "basket",
    "Open the essay basket",
    "basket",
    "ctrl+o",
    synonyms="write essay draft paper",
)
NOTING = (
    BOOKMARK,
    NOTE,
    TAGS,
    EDIT,
    CONFIRM,
    UNDO,
    SAVE_VIEW,
    NOTEBOOK,
    TO_READ,
    READING_LIST,
    GATHER,
    BASKET,
)

FROM_AN_ENTRY: tuple[Command, ...] = (TIMELINE, PICK, COMPARE, NOTE, NOTEBOOK, MAP)
"""Where one goes from an entry; the line of keys names them."""

# Notebook

ORDER = Command(
    "notebook-order",
    "Group by time, entry or tag, or show recent pages and drafts",
    "order",
    "V",
    "group",
    synonyms="order sort recent",
)
DELETE = Command(
    "delete", "Delete the selected item", "delete", "d,delete", "delete", synonyms="remove"
)

# Essay basket

OWN_WORDS = Command(
    "own-words",
    "Write sentences of your own, or a heading, below the selected item",
    "note",
    "a",
    "write",
    synonyms="text sentence heading title",
)
ITEM_UP = Command("item-up", "Move the item up", "carry_up", "shift+up,K", "move", "⇧↑⇧↓")
ITEM_DOWN = Command("item-down", "Move the item down", "carry_down", "shift+down,J")
EMPTY_BASKET = Command(
    "empty-basket", "Empty the essay basket", "empty_basket", "", synonyms="clear remove all"
)

# The box in which a note is written

NOTE_SAVE = Command("note-save", "Save the note", "save", "ctrl+s,f3", "save")
NOTE_WHERE = Command(
    "note-where",
    "Attach the note to the words, the passage or the entry",
    "where",
    "f2",
    "attach to…",
)
NOTE_EDITOR = Command("note-editor", "Continue the note in your own editor", "edit", "f4", "editor")
NOTE_COPY = Command("note-copy", "Copy the whole note", "copy_all", "f5", "copy")
NOTE_DELETE = Command("note-delete", "Delete the note", "delete", "f8", "delete")
