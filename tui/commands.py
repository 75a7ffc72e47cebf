"""Everything a reader can do: one value an action.

From a command come its key, its word in the footer, its row in the help, its entry in the
palette and its id for remapping keys; nothing of these is written down a second time. A key
means the same on every screen that has it.
"""

from __future__ import annotations

from tui.command import Command

# Everywhere

HELP = Command(
    "help",
    "Show the keys of this screen",
    "help",
    "question_mark,f1",
    "help",
    synonyms="keys shortcuts manual",
)
PALETTE = Command(
    "palette",
    "Find an action, an entry or a passage",
    "palette",
    "ctrl+p",
    synonyms="actions commands menu",
)
QUIT = Command("quit", "Quit", "quit", "q,ctrl+q", "quit", synonyms="exit leave close")
BACK = Command(
    "back",
    "Go back one step",
    "back",
    "escape,backspace",
    "back",
    synonyms="close cancel return previous",
)
HISTORY_BACK = Command(
    "history-back",
    "Go back to the previous page",
    "history_back",
    "less_than_sign,alt+left",
    synonyms="previous history",
)
HISTORY_FORWARD = Command(
    "history-forward",
    "Go forward to the next page",
    "history_forward",
    "greater_than_sign,alt+right",
    synonyms="next history",
)
SEARCH = Command("search", "Search the book", "search", "slash", "search", synonyms="find look up")
SOURCES = Command(
    "sources",
    "Open the list of sources",
    "sources",
    "s",
    synonyms="references bibliography literature",
)
GLOSSARY = Command(
    "glossary", "Open the glossary", "glossary", "w", synonyms="terms definitions words"
)
COPY = Command(
    "copy",
    "Copy the selected words, or the selected item with its citation",
    "copy",
    "y",
    synonyms="clipboard cite quote yank",
)
COPY_CITED = Command(
    "copy-cited",
    "Copy the selected words with their citation",
    "copy_cited",
    "ctrl+y",
    synonyms="clipboard cite quote reference",
)
PICK = Command(
    "pick",
    "Add to comparison, or remove from it",
    "pick",
    "p",
    "add",
    synonyms="tray choose select case",
)
COMPARE = Command(
    "compare",
    "Compare the added cases side by side",
    "compare",
    "c",
    "compare",
    synonyms="open comparison matrix table",
)
TIMELINE = Command(
    "timeline",
    "Show the timeline of this entry",
    "timeline",
    "t",
    "timeline",
    synonyms="time dates history events chronology",
)
TIMELINE_OF_TRAY = Command(
    "timeline-tray",
    "Show the timeline of the compared cases",
    "timeline_of_tray",
    "",
    synonyms="chronology dates compare",
)
TIMELINE_OF_BOOK = Command(
    "timeline-book",
    "Show the timeline of the whole book",
    "timeline_of_book",
    "",
    synonyms="chronology dates everything",
)
MAP = Command(
    "map",
    "Show the entry on a map",
    "map",
    "m",
    "map",
    synonyms="world places geography where",
)
MAP_OF_TRAY = Command(
    "map-tray", "Show the map of the compared cases", "map_of_tray", "", synonyms="world places"
)
MAP_OF_BOOK = Command(
    "map-book", "Show the map of the whole book", "map_of_book", "", synonyms="world places"
)
THEME = Command(
    "theme",
    "Theme: change the colours",
    "theme",
    "ctrl+t",
    synonyms="dark light colours colors appearance",
)
PREDICT = Command(
    "predict",
    "Rate the compared cases yourself, with the book's ratings hidden",
    "predict",
    "P",
    "predict",
    synonyms="quiz guess rate hide test",
)
QUIZ = Command(
    "quiz",
    "Quiz: guess the book's ratings point by point",
    "quiz",
    "Q",
    synonyms="test practise practice learn cards flashcards questions",
)
QUIZ_OF_TRAY = Command("quiz-tray", "Quiz on the added cases", "quiz_of_tray", "")
QUIZ_OF_BOOK = Command(
    "quiz-book", "Quiz on all cases: what is due, then what is new", "quiz_of_book", ""
)
PATTERNS = Command(
    "patterns",
    "Patterns: what cases of one outcome share",
    "patterns",
    "ampersand",
    synonyms="qca configurations formula truth table necessary sufficient successes common",
)
PATTERNS_OF_TRAY = Command(
    "patterns-tray", "Look for patterns among the compared cases", "patterns_of_tray", ""
)
PATTERNS_OF_BOOK = Command(
    "patterns-book", "Look for patterns among all rated cases", "patterns_of_book", ""
)
TOUR = Command(
    "tour",
    "Guided tour: try the app in five minutes",
    "tour",
    "",
    synonyms="help learn introduction tutorial start",
)

EVERYWHERE = (
    HELP,
    PALETTE,
    QUIT,
    BACK,
    HISTORY_BACK,
    HISTORY_FORWARD,
    SEARCH,
    SOURCES,
    GLOSSARY,
    COPY,
    COPY_CITED,
    PICK,
    COMPARE,
    TIMELINE,
    TIMELINE_OF_TRAY,
    TIMELINE_OF_BOOK,
    MAP,
    MAP_OF_TRAY,
    MAP_OF_BOOK,
    THEME,
    PREDICT,
    QUIZ,
    QUIZ_OF_TRAY,
    QUIZ_OF_BOOK,
    PATTERNS,
    PATTERNS_OF_TRAY,
    PATTERNS_OF_BOOK,
    TOUR,
)

# What the reader adds, wherever there is something to add it to

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

# Lists and pages

DOWN = Command("down", "Go down", "cursor_down", "down,j")
UP = Command("up", "Go up", "cursor_up", "up,k")
PAGE_DOWN = Command("page-down", "Go down a page", "page_down", "space,pagedown")
PAGE_UP = Command("page-up", "Go up a page", "page_up", "pageup,ctrl+b")
HALF_PAGE_DOWN = Command("half-page-down", "Go down half a page", "half_page_down", "ctrl+d")
HALF_PAGE_UP = Command("half-page-up", "Go up half a page", "half_page_up", "ctrl+u")
TOP = Command("top", "Go to the top", "top", "g,home")
BOTTOM = Command("bottom", "Go to the bottom", "bottom", "G,end")
SCROLLING = (PAGE_DOWN, PAGE_UP, HALF_PAGE_DOWN, HALF_PAGE_UP)
MOVING = (DOWN, UP, *SCROLLING, TOP, BOTTOM)

OPEN = Command("open", "Open the selected item", "open", "enter", "open")
TICK = Command("tick", "Tick or clear the box, or select the option", "tick", "space", "tick")
NEXT_PANE = Command("next-pane", "Go to the next pane", "app.focus_next", "tab")
PREVIOUS_PANE = Command(
    "previous-pane", "Go to the previous pane", "app.focus_previous", "shift+tab"
)

# Library

FILTER = Command(
    "filter", "Filter the list", "filter", "f", "filter", synonyms="narrow facets choose"
)
TIMELINE_OF_LIST = Command(
    "timeline-list",
    "Show the timeline of all listed entries",
    "timeline_of_list",
    "ctrl+l",
    synonyms="chronology dates results",
)
CLEAR = Command("clear", "Clear the filter and show everything", "clear", "x", synonyms="reset all")

CONTINUE = Command(
    "continue",
    "Continue reading where you stopped",
    "continue_reading",
    "",
    synonyms="resume go on last",
)

# Reader

NEXT_LINK = Command(
    "next-link", "Go to the next link or citation", "next_link", "right,l", "next citation"
)
PREVIOUS_LINK = Command(
    "previous-link", "Go to the previous link or citation", "previous_link", "left,h"
)
NEXT_TERM = Command(
    "next-term",
    "Go to the next term",
    "next_term",
    "right_curly_bracket",
    synonyms="word definition meaning explain",
)
PREVIOUS_TERM = Command(
    "previous-term",
    "Go to the previous term",
    "previous_term",
    "left_curly_bracket",
)
NEXT_SECTION = Command(
    "next-section", "Go to the next section", "next_section", "right_square_bracket"
)
PREVIOUS_SECTION = Command(
    "previous-section", "Go to the previous section", "previous_section", "left_square_bracket"
)
CONTENTS = Command(
    "contents",
    "List the sections of this page, and go to one of them",
    "contents",
    "o",
    "contents",
    synonyms="contents outline headings jump",
)
FIND = Command(
    "find", "Find words on this page", "find", "ctrl+f", "find", synonyms="search look for"
)
NEXT_MATCH = Command("next-match", "Go to the next match", "next_match", "n")
PREVIOUS_MATCH = Command("previous-match", "Go to the previous match", "previous_match", "N")
HIGHLIGHT = Command(
    "highlight",
    "Highlight the selected words or passage, or remove the highlight",
    "highlight",
    "A",
    synonyms="mark underline",
)
READ = Command(
    "read", "Mark the page as read or unread", "mark_read", "M", synonyms="done finished progress"
)
EVIDENCE = Command(
    "evidence",
    "Show the evidence of a citation beside the page, or below it",
    "show_evidence",
    "v",
    "evidence",
    synonyms="split source paragraph citation beside",
)
NOTES_FOR_LECTURERS = Command(
    "teaching-notes",
    "Show or hide the teaching notes",
    "teaching_notes",
    "T",
    synonyms="lecturer instructor",
)

DETAILS = Command(
    "details",
    "Show or hide the notation of dates (EDTF)",
    "details",
    "ctrl+n",
    synonyms="details edtf dates codes",
)

# Comparison

SOURCE_OF_CELL = Command(
    "cell-source",
    "Open the source of the rating, or the page of the case",
    "open",
    "enter",
    "source",
)
MATRIX_FILTER = Command(
    "matrix-filter",
    "Filter and sort the points and the cases",
    "filter",
    "f",
    "filter",
    synonyms="narrow order options",
)
DIFFERENCES = Command(
    "differences",
    "Show only the points on which the cases differ, or all points",
    "differences",
    "D",
    synonyms="differences differ compare only",
)
FRAMEWORK = Command(
    "framework",
    "Switch to the next framework",
    "framework",
    "F",
    synonyms="checklist theory criteria",
)
TEXTS = Command(
    "texts",
    "Show the evidence in the matrix, or only the ratings",
    "show_evidence",
    "v",
    "evidence",
    synonyms="texts words reasons",
)
READ_POINT = Command(
    "read-point",
    "Read about this point, case by case",
    "read_point",
    "r",
    synonyms="findings statistics totals criterion row",
)
READ_CASE = Command(
    "read-case", "Read about this case, point by point", "read_case", "R", synonyms="column"
)
CELL_LEFT = Command("cell-left", "Go to the previous case", "cell_left", "left,h")
CELL_RIGHT = Command("cell-right", "Go to the next case", "cell_right", "right,l")
CARRY_LEFT = Command("carry-left", "Move the case to the left", "carry_left", "shift+left,H")
CARRY_RIGHT = Command("carry-right", "Move the case to the right", "carry_right", "shift+right,L")
CARRY_UP = Command(
    "carry-up", "Move the point, or the entry of a list, up", "carry_up", "shift+up,K"
)
CARRY_DOWN = Command(
    "carry-down", "Move the point, or the entry of a list, down", "carry_down", "shift+down,J"
)
EMPTY_TRAY = Command(
    "empty-tray",
    "Remove all cases from the comparison",
    "empty_tray",
    "X",
    synonyms="clear reset tray",
)

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

# Predict, then reveal

REVEAL = Command(
    "reveal",
    "Reveal the book's ratings, then compare them with yours",
    "reveal",
    "equals_sign",
    synonyms="show answers agreement statistics kappa score",
)
RATE_MET = Command("rate-met", "Rate the cell: met", "rate('met')", "1")
RATE_PARTLY = Command("rate-partly", "Rate the cell: partly", "rate('partly')", "2")
RATE_NOT_MET = Command("rate-not-met", "Rate the cell: not met", "rate('not met')", "3")
RATE_SILENT = Command(
    "rate-silent", "Rate the cell: the sources say nothing", "rate('silent')", "0"
)
RATE_ANEW = Command(
    "rate-anew", "Clear your ratings and start again", "rate_anew", "Z", synonyms="reset restart"
)

# Patterns

PATTERNS_FILTER = Command(
    "patterns-filter",
    "Choose points, outcome and scores",
    "filter",
    "f",
    "choose",
    synonyms="calibration threshold points outcome options filter",
)

# Timeline

EVENT_PAGE = Command("event-page", "Open the page of the event", "open", "enter", "open")
ZOOM_IN = Command("zoom-in", "Zoom in", "zoom(1)", "plus", "zoom", "+−", synonyms="closer larger")
LANES = Command(
    "lanes",
    "Group the events by place, by entry or by kind",
    "order",
    "V",
    "group",
    synonyms="lanes rows order sort",
)
EVENT_FILTER = Command(
    "event-filter",
    "Filter the events",
    "filter",
    "f",
    "filter",
    synonyms="years kinds places narrow",
)
ALIGN = Command(
    "align",
    "Align cases at an event",
    "align",
    "z",
    "align",
    synonyms="milestone start overlay same",
)
AS_LIST = Command(
    "timeline-as-list",
    "Show the timeline or the map as a list",
    "as_list",
    "i",
    synonyms="read text",
)
EVENTS = Command(
    "events", "List the events, and go to one of them", "contents", "o", synonyms="contents jump"
)
MEASURE = Command(
    "measure",
    "Measure time from this event, or stop measuring",
    "measure",
    "C",
    "measure",
    synonyms="distance years between count",
)
POLICY = Command(
    "policy", "Show or hide the policy events", "policy", "O", synonyms="laws background"
)
ALL_EVENTS = Command("all-events", "Clear the filter and the alignment", "clear", "x")
NEXT_EVENT = Command(
    "next-event",
    "Go to the next event",
    "next_event",
    "right,l",
    "events",
    "\N{LEFTWARDS ARROW}\N{RIGHTWARDS ARROW}",
)
PREVIOUS_EVENT = Command("previous-event", "Go to the previous event", "previous_event", "left,h")
LANE_DOWN = Command("lane-down", "Go to the lane below", "cursor_down", "down,j")
LANE_UP = Command("lane-up", "Go to the lane above", "cursor_up", "up,k")
FIRST_EVENT = Command("first-event", "Go to the first event", "top", "g,home")
LAST_EVENT = Command("last-event", "Go to the last event", "bottom", "G,end")
ZOOM_OUT = Command("zoom-out", "Zoom out", "zoom(-1)", "minus", synonyms="further smaller")
FIT = Command(
    "fit",
    "Zoom to fit: show everything",
    "fit",
    "asterisk",
    synonyms="whole all reset period world",
)
PAN_LEFT = Command(
    "pan-left", "Scroll left, or back in time", "pan(-1)", "comma", synonyms="earlier past west"
)
PAN_RIGHT = Command(
    "pan-right",
    "Scroll right, or forward in time",
    "pan(1)",
    "full_stop",
    synonyms="later future east",
)

# Map

NEXT_PLACE = Command(
    "next-place",
    "Go to the next place",
    "next_place",
    "right,l",
    "places",
    "\N{LEFTWARDS ARROW}\N{RIGHTWARDS ARROW}",
)
PREVIOUS_PLACE = Command("previous-place", "Go to the previous place", "previous_place", "left,h")
PLACE_SOUTH = Command(
    "place-south", "Go to the nearest place to the south", "cursor_down", "down,j"
)
PLACE_NORTH = Command("place-north", "Go to the nearest place to the north", "cursor_up", "up,k")
FIRST_PLACE = Command("first-place", "Go to the first place", "top", "g,home")
LAST_PLACE = Command("last-place", "Go to the last place", "bottom", "G,end")
PLACES = Command(
    "places",
    "List the places, and go to one of them",
    "contents",
    "o",
    "list",
    synonyms="contents jump",
)
SCROLL_WEST = Command("scroll-west", "Scroll the map to the west", "scroll_map(-1,0)", "shift+left")
SCROLL_EAST = Command("scroll-east", "Scroll the map to the east", "scroll_map(1,0)", "shift+right")
SCROLL_NORTH = Command(
    "scroll-north", "Scroll the map to the north", "scroll_map(0,-1)", "shift+up"
)
SCROLL_SOUTH = Command(
    "scroll-south", "Scroll the map to the south", "scroll_map(0,1)", "shift+down"
)

# The pack of an author

EDIT_FILE = Command(
    "edit-file",
    "Edit the file of this entry in your own editor, and build the book anew",
    "edit_file",
    "ctrl+e",
    synonyms="author source pack markdown mend change",
)
AUTHORING = (EDIT_FILE,)
"""What can be done where the book was opened from a pack."""


def known_ids() -> frozenset[str]:
    """The names of all actions, as settings call them."""
    return frozenset(value.id for value in globals().values() if isinstance(value, Command))
