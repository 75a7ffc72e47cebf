"""Where on an entry's page something stands: made here, and nowhere else.

Pages, search, notes and citations name the same places by the same words. Notebooks keep
these words, so they may be added to but not changed.
"""

from __future__ import annotations

from enum import StrEnum

TOP = "top"


class Section(StrEnum):
    """The sections of a page that are named by themselves."""

    EVENTS = "section:events"
    RELATIONS = "section:relations"
    PEOPLE = "section:people"
    FIGURES = "section:figures"
    EXHIBITS = "section:exhibits"
    QUESTIONS = "section:questions"
    TEACHING = "section:teaching"
    SOURCES = "section:sources"
    PARAGRAPHS = "section:paragraphs"


def section(name: str) -> str:
    """A section that is named by its title."""
    return f"section:{name}"


def passage(position: int) -> str:
    return f"passage:{position}"


def event(entry: str, key: str) -> str:
    """An event on any page it stands on.

    Args:
        entry: the slug of the entry that it is an event of.
    """
    return f"event:{entry} {key}"


def criterion(framework: str, key: str) -> str:
    """A reading on a point of a framework."""
    return f"point:{framework} {key}"


def person(name: str) -> str:
    return f"person:{name}"


def figure(slug: str) -> str:
    return f"figure:{slug}"


def exhibit(key: str) -> str:
    """An exhibit, at its caption."""
    return f"exhibit:{key}"


def exhibit_row(key: str, row: int) -> str:
    """A row of an exhibit, from 1; row 0 is that of the columns' names."""
    return f"exhibit:{key} {row}" if row else exhibit(key)


def exhibit_note(key: str) -> str:
    """What is said below an exhibit."""
    return f"exhibit:{key} note"


def question(number: int) -> str:
    return f"question:{number}"


def teaching(part: str, number: int | None = None) -> str:
    """A part of the teaching note: its synopsis, or one of its objectives, steps or answers."""
    return f"teaching:{part}" if number is None else f"teaching:{part} {number}"


def teaching_note(number: int) -> str:
    return f"note:{number}"


_VOLUME = "volume:"


def volume(slug: str) -> str:
    """Where what another volume adds to a page begins."""
    return f"{_VOLUME}{slug}"


def is_volume(anchor: str) -> bool:
    """Whether what another volume adds begins there."""
    return anchor.startswith(_VOLUME)


def source(slug: str) -> str:
    return f"source:{slug}"


def paragraph(number: int) -> str:
    """A paragraph on the page of a source."""
    return f"paragraph:{number}"


def compared_criterion(key: str) -> str:
    """A point in a document about a comparison."""
    return f"compared-point:{key}"


def compared_case(slug: str) -> str:
    """A case in a document about a comparison."""
    return f"compared-case:{slug}"


def term(slug: str) -> str:
    """A term in the glossary."""
    return f"term:{slug}"
