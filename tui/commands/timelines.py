"""Timelines and maps."""

from __future__ import annotations

from tui.command import Command

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
