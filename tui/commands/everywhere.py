"""What can be done on every screen."""

from __future__ import annotations

from tui.command import Command
from tui.commands.seminars import (
    HAND_IN,
    JOIN_CLASS,
    OPEN_CLASS,
    RATE_SEMINAR,
    REVEAL_SEALED,
)

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
RELOAD_BOOK = Command(
    "reload-book",
    "Read the book anew from its file",
    "reload_book",
    "",
    synonyms="reload refresh reopen changed replaced update",
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
    RATE_SEMINAR,
    HAND_IN,
    REVEAL_SEALED,
    OPEN_CLASS,
    JOIN_CLASS,
    RELOAD_BOOK,
    TOUR,
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
