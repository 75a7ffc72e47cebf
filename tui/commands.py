"""Everything a reader can do: one value an action.

From a command come its key, its word in the footer, its row in the help, its entry in the
palette and its id for remapping keys; nothing of these is written down a second time. A key
means the same on every screen that has it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual.binding import Binding


class Command(NamedTuple):
    """An action that a key, the footer and the palette offer.

    Attributes:
        id: the name in settings, by which its key can be changed.
        name: what it does, as the help and the palette say it.
        action: Textual's action.
        keys: Textual's names of its keys, the one to show first.
        footer: its word in the footer; empty where it does not stand there.
        display: how its key is written, where Textual's way would puzzle.
    """

    id: str
    name: str
    action: str
    keys: str
    footer: str = ""
    display: str = ""

    @property
    def key_shown(self) -> str:
        """Its first key as people write it."""
        return self.display or self.keys_shown.split(" ")[0]

    @property
    def keys_shown(self) -> str:
        """All its keys as people write them."""
        return shown_keys(self.keys)

    def binding(self) -> Binding:
        return Binding(
            self.keys,
            self.action,
            self.name,
            show=bool(self.footer),
            key_display=self.key_shown,
            id=self.id,
        )


_SHOWN = {
    "question_mark": "?",
    "number_sign": "#",
    "slash": "/",
    "plus": "+",
    "equals_sign": "=",
    "minus": "−",
    "asterisk": "*",
    "comma": ",",
    "full_stop": ".",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "shift+tab": "⇧tab",
    "shift+left": "⇧←",
    "shift+right": "⇧→",
    "shift+up": "⇧↑",
    "shift+down": "⇧↓",
    "alt+left": "alt←",
    "alt+right": "alt→",
}


def shown_keys(keys: str) -> str:
    """Textual's names of some keys, as people write them."""
    names = (key.strip() for key in keys.split(","))
    return " ".join(_SHOWN.get(key, key.replace("ctrl+", "^")) for key in names)


def bindings(commands: Iterable[Command]) -> list[Binding]:
    """The bindings of some commands, for a `BINDINGS` of Textual."""
    return [command.binding() for command in commands if command.keys]


# Everywhere

HELP = Command("help", "Show the keys of this screen", "help", "question_mark,f1", "help")
PALETTE = Command("palette", "Find an action or an entry by name", "palette", "ctrl+p")
QUIT = Command("quit", "Leave Casebook", "quit", "q,ctrl+q", "quit")
BACK = Command("back", "Go one level back", "back", "escape", "back")
SEARCH = Command("search", "Search the book", "search", "slash", "search")
SOURCES = Command("sources", "Read the sources", "sources", "s")
GLOSSARY = Command("glossary", "Read the glossary", "glossary", "w")
COPY = Command("copy", "Copy the selection, or what is chosen with its citation", "copy", "y")
PICK = Command(
    "pick", "Put the entry into the tray for comparing, or take it out", "pick", "p", "pick"
)
COMPARE = Command("compare", "Compare what is in the tray", "compare", "c", "compare")
TIMELINE = Command("timeline", "Show the timeline of what is chosen", "timeline", "t", "timeline")
TIMELINE_OF_TRAY = Command(
    "timeline-tray", "Show the timelines of what is in the tray", "timeline_of_tray", ""
)
TIMELINE_OF_BOOK = Command(
    "timeline-book", "Show the timeline of the whole book", "timeline_of_book", ""
)
THEME = Command("theme", "Change the colours", "theme", "ctrl+t")

EVERYWHERE = (
    HELP,
    PALETTE,
    QUIT,
    BACK,
    SEARCH,
    SOURCES,
    GLOSSARY,
    COPY,
    PICK,
    COMPARE,
    TIMELINE,
    TIMELINE_OF_TRAY,
    TIMELINE_OF_BOOK,
    THEME,
)

# What the reader adds, wherever there is something to add it to

NOTEBOOK = Command("notebook", "Open the notebook", "notebook", "b", "notebook")
BOOKMARK = Command("bookmark", "Set a bookmark here, or take it away", "bookmark", "m")
NOTE = Command("note", "Write a note on what is chosen, or on the entry", "note", "a", "note")
TAGS = Command("tags", "Tag the entry", "tags", "number_sign")
EDIT = Command("edit", "Write or change the note in your own editor ($EDITOR)", "edit", "e")
UNDO = Command("undo", "Take back the last change to the notebook", "undo", "u")
CONFIRM = Command(
    "confirm", "Put the note on the words that have taken the place of its own", "confirm", "Y"
)
SAVE_VIEW = Command("save-view", "Keep this comparison or timeline under a name", "save_view", "S")
EXPORT = Command("export", "Write it to a file, to take along", "export", "E", "export")
NOTING = (BOOKMARK, NOTE, TAGS, EDIT, CONFIRM, UNDO, SAVE_VIEW, NOTEBOOK)
FROM_AN_ENTRY = (TIMELINE, PICK, COMPARE, NOTE, NOTEBOOK)
"""Where one goes from an entry; the line of keys names them."""

# Lists and pages

DOWN = Command("down", "Go down", "cursor_down", "down,j")
UP = Command("up", "Go up", "cursor_up", "up,k")
PAGE_DOWN = Command("page-down", "Go down a page", "page_down", "space,pagedown")
PAGE_UP = Command("page-up", "Go up a page", "page_up", "pageup,ctrl+b")
TOP = Command("top", "Go to the top", "top", "g,home")
BOTTOM = Command("bottom", "Go to the bottom", "bottom", "G,end")
MOVING = (DOWN, UP, PAGE_DOWN, PAGE_UP, TOP, BOTTOM)

OPEN = Command("open", "Open what is chosen", "open", "enter", "open")
NEXT_PANE = Command("next-pane", "Go to the next pane", "app.focus_next", "tab")
PREVIOUS_PANE = Command("previous-pane", "Go to the pane before", "app.focus_previous", "shift+tab")

# Library

FILTER = Command("filter", "Choose what the list shows", "filter", "f", "filter")
TIMELINE_OF_LIST = Command(
    "timeline-list", "Show the timeline of all that is listed", "timeline_of_list", "ctrl+l"
)
CLEAR = Command("clear", "Show everything again", "clear", "x")

# Reader

NEXT_LINK = Command("next-link", "Go to the next link or citation", "next_link", "right,l")
PREVIOUS_LINK = Command(
    "previous-link", "Go to the link or citation before", "previous_link", "left,h"
)
NEXT_SECTION = Command(
    "next-section", "Go to the next section", "next_section", "right_square_bracket"
)
PREVIOUS_SECTION = Command(
    "previous-section", "Go to the section before", "previous_section", "left_square_bracket"
)
CONTENTS = Command("contents", "Show the contents of this page", "contents", "o", "contents")
FIND = Command("find", "Find words on this page", "find", "ctrl+f", "find")
NEXT_MATCH = Command("next-match", "Go to the next match", "next_match", "n")
PREVIOUS_MATCH = Command("previous-match", "Go to the match before", "previous_match", "N")
HISTORY_BACK = Command(
    "history-back", "Go back to the page before", "history_back", "less_than_sign,alt+left"
)
HISTORY_FORWARD = Command(
    "history-forward", "Go forward again", "history_forward", "greater_than_sign,alt+right"
)
HIGHLIGHT = Command(
    "highlight", "Highlight the selected words or the passage, or no more", "highlight", "A"
)
READ = Command("read", "Mark the page as read or unread", "mark_read", "M")
NOTES_FOR_LECTURERS = Command(
    "teaching-notes", "Show or hide the teaching notes", "teaching_notes", "T"
)

# Comparison

SOURCE_OF_CELL = Command(
    "cell-source", "Open the source of the mark; of a name, its page", "open", "enter", "source"
)
MATRIX_FILTER = Command("matrix-filter", "Choose what the matrix shows", "filter", "f", "show")
DIFFERENCES = Command("differences", "Only the points that differ, or all", "differences", "D")
FRAMEWORK = Command("framework", "Compare against the next framework", "framework", "F")
TEXTS = Command("texts", "Show the evidence in the matrix, or marks alone", "texts", "v", "texts")
READ_POINT = Command("read-point", "Read this point across the cases", "read_point", "r")
READ_CASE = Command("read-case", "Read this case on all points", "read_case", "R")
CELL_LEFT = Command("cell-left", "Go to the case before", "cell_left", "left,h")
CELL_RIGHT = Command("cell-right", "Go to the next case", "cell_right", "right,l")
CARRY_LEFT = Command("carry-left", "Move the case to the left", "carry_left", "shift+left,H")
CARRY_RIGHT = Command("carry-right", "Move the case to the right", "carry_right", "shift+right,L")
CARRY_UP = Command("carry-up", "Move the point up", "carry_up", "shift+up,K")
CARRY_DOWN = Command("carry-down", "Move the point down", "carry_down", "shift+down,J")
EMPTY_TRAY = Command("empty-tray", "Empty the tray", "empty_tray", "X")

# Notebook

ORDER = Command(
    "notebook-order", "By time, by entry, by tag, or what was opened lately", "order", "V", "order"
)
DELETE = Command("delete", "Delete what is chosen", "delete", "d,delete", "delete")

# The box in which a note is written

NOTE_SAVE = Command("note-save", "Keep the note", "save", "ctrl+s,f3", "keep")
NOTE_WHERE = Command(
    "note-where", "Put the note on the words, the passage or the entry", "where", "f2", "on"
)
NOTE_EDITOR = Command(
    "note-editor", "Go on with the note in your own editor", "edit", "f4", "editor"
)
NOTE_COPY = Command("note-copy", "Copy all of the note", "copy_all", "f5", "copy")
NOTE_DELETE = Command("note-delete", "Delete the note", "delete", "f8", "delete")

# Predict, then reveal

PREDICT = Command("predict", "Hide the book's ratings and give your own", "predict", "P", "predict")
REVEAL = Command(
    "reveal", "Reveal the book's ratings, then read how far you agree", "reveal", "equals_sign"
)
RATE_MET = Command("rate-met", "Rate the cell: met", "rate('met')", "1")
RATE_PARTLY = Command("rate-partly", "Rate the cell: partly", "rate('partly')", "2")
RATE_NOT_MET = Command("rate-not-met", "Rate the cell: not met", "rate('not met')", "3")
RATE_SILENT = Command(
    "rate-silent", "Rate the cell: the sources say nothing", "rate('silent')", "0"
)
RATE_ANEW = Command("rate-anew", "Take your ratings away and predict again", "rate_anew", "Z")

# Timeline

EVENT_PAGE = Command("event-page", "Open the page that tells of the event", "open", "enter", "open")
ZOOM_IN = Command("zoom-in", "Look closer", "zoom(1)", "plus", "zoom", "+−")
LANES = Command("lanes", "Lanes by place, by entry or by kind of event", "order", "V", "lanes")
EVENT_FILTER = Command("event-filter", "Choose which events are shown", "filter", "f", "filter")
ALIGN = Command("align", "Lay the cases over one another at a milestone", "align", "z", "align")
AS_LIST = Command("timeline-as-list", "Read the timeline as a list", "as_list", "i")
EVENTS = Command("events", "List the events and go to one", "contents", "o")
MEASURE = Command("measure", "Measure the time from this event, or stop", "measure", "C")
POLICY = Command("policy", "Show or hide what policy did meanwhile", "policy", "B")
ALL_EVENTS = Command("all-events", "Show every event again, on the calendar", "clear", "x")
NEXT_EVENT = Command("next-event", "Go to the next event in time", "next_event", "right,l")
PREVIOUS_EVENT = Command(
    "previous-event", "Go to the event before in time", "previous_event", "left,h"
)
LANE_DOWN = Command("lane-down", "Go to the lane below", "cursor_down", "down,j")
LANE_UP = Command("lane-up", "Go to the lane above", "cursor_up", "up,k")
FIRST_EVENT = Command("first-event", "Go to the first event", "top", "g,home")
LAST_EVENT = Command("last-event", "Go to the last event", "bottom", "G,end")
ZOOM_OUT = Command("zoom-out", "Look from further away", "zoom(-1)", "minus")
FIT = Command("fit", "Show the whole time", "fit", "asterisk")
PAN_LEFT = Command("pan-left", "Move the window back in time", "pan(-1)", "comma")
PAN_RIGHT = Command("pan-right", "Move the window on in time", "pan(1)", "full_stop")


def known_ids() -> frozenset[str]:
    """The names of all actions, as settings call them."""
    return frozenset(value.id for value in globals().values() if isinstance(value, Command))
