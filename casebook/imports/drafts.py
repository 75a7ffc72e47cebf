"""What rows of a table become: entries of a pack, with what was not clear beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from casebook.statement_kinds import EventKind
from casebook.vocabulary import Kind, Rating


class EventDraft(NamedTuple):
    """An event; texts have their citations."""

    key: str
    what: str
    words: str
    edtf: str
    kind: EventKind
    place: str = ""


class AssessmentDraft(NamedTuple):
    """A rating with its evidence, which has its citations."""

    point: str
    rating: Rating
    evidence: str


class AliasDraft(NamedTuple):
    text: str
    kind: str
    note: str = ""


@dataclass(slots=True)
class ImportedEntry:
    """An entry as a row tells it; texts have their citations, as a pack writes them.

    Attributes:
        row: its number in the table.
        todo: what of the row was not clear, by the part of the entry that it belongs to.
    """

    sheet: str
    row: int
    slug: str
    kind: Kind
    title: str
    aliases: list[AliasDraft] = field(default_factory=list)
    summary: str = ""
    place: str = ""
    industries: list[str] = field(default_factory=list)
    size: str = ""
    years: tuple[str, str] | None = None
    """The words with their citation, and the EDTF."""
    outcome: str = ""
    events: list[EventDraft] = field(default_factory=list)
    assessments: list[AssessmentDraft] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    todo: dict[str, list[str]] = field(default_factory=dict)

    def left_out(self, part: str, words: str) -> None:
        """Keeps what is to be written as a comment beside a part."""
        self.todo.setdefault(part, []).append(words)

    @property
    def file(self) -> str:
        return f"{self.kind.plural}/{self.slug}.md"
