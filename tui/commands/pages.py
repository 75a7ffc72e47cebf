"""Lists and pages: moving about in them, the library and the reader."""

from __future__ import annotations

from tui.command import Command

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
