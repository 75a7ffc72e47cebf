"""A pack with a case to be sealed, and what an edition without it must not say."""

from __future__ import annotations

from pathlib import Path

from casebook.pack.build import build_volumes
from casebook.schema import schema_sql
from casebook.seminar.building import build_seminar
from tests import secrets
from tests.conftest import SMALL_PACK, write_files

FOUNDER = """\
---
kind: firm
title: Founder of bells
aliases:
  - {text: 創業者の鐘, kind: native script}
summary: It founds quietly [@m, para. 14].
setting:
  place: takaoka [@m, para. 14]
  industry: 2431 hidden-industry-words [@m, para. 14]
  size: a handful of hidden-size-words [@m, para. 14]
outcome: "failed: it closes for hidden-outcome-words [@m, para. 14]"
relations:
  - {role: partner of, to: nosaku, note: "hidden-relation-words [@m, para. 14]"}
people:
  - {name: Hidden Personname, role: director, note: "[@secretbook]"}
events:
  - key: closing
    what: It closes in hidden-event-words [@m, para. 14]
    when: {text: "2003", edtf: "2003"}
    kind: trouble
    place: hiddenplace
assessments:
  - {point: checklist b, rating: not met, evidence: "Hidden-evidence-words [@m, para. 14]"}
questions:
  - Why the hidden-question-words?
---

## A hidden-heading-words

The hidden-story-words [@m, para. 14].
"""

GROWERS = """\
---
kind: organisation
title: Growers
summary: They grow [@m, para. 2].
setting:
  place: new-zealand [@m, para. 2]
relations:
  - {role: customer of, to: founder, note: "told-relation-words [@m, para. 2]"}
  - {role: partner of, to: nosaku, note: "open-relation-words [@m, para. 2]"}
events:
  - key: visit
    what: They see the told-event-words [@m, para. 2]
    when: {text: "2004", edtf: "2004"}
    kind: other
    with: [{entry: founder, as: host}]
  - key: harvest
    what: They harvest open-event-words [@m, para. 2]
    when: {text: about 2005, edtf: 2005~}
    kind: other
    after: ["founder/closing [@m, para. 2]", "visit [@m, para. 2]"]
figures:
  - {slug: members, value: "12", unit: members, measures: "Open members [@m, para. 2]"}
  - {slug: bought, value: "7", unit: bells, measures: "told-figure-words [@m, para. 2]",
     about: [founder]}
---

## Fields

They sold to [a firm](../firms/founder.md) with told-passage-words [@m, para. 2].

They know Founder of Bells from told-mention-words [@m, para. 2].

They stay in open-passage-words [@m, para. 2].
"""

PACK: dict[str, str | bytes] = {
    **SMALL_PACK,
    "firms/founder.md": FOUNDER,
    "organisations/growers.md": GROWERS,
    "places.yaml": SMALL_PACK["places.yaml"]
    + "  - {slug: hiddenvale, name: Hiddenvale, country: JP, within: japan}\n"
    + "  - {slug: hiddenplace, name: Hiddenplace, country: JP, within: hiddenvale}\n",
    "outlines/m.yaml": "source: m\nparagraphs:\n  1: A beginning\n  14: A hidden-gist-words\n",
    "sources.json": SMALL_PACK["sources.json"][:-1]
    + ', {"id": "secretbook", "type": "book", "title": "The hidden-source-words"}]',
}

PLAN = """\
seminar: bells-first
title: Bells first
date: 2026-12-04
framework: checklist
points: [a]
cases:
  - nosaku
  - {slug: takaoka, optional: true}
  - {slug: founder, hidden: true}
questions: [Who held the rights]
steps:
  - {title: Reading, minutes: 10}
  - {title: The bell, minutes: 15, case: nosaku, point: a, question: "1"}
  - {title: What came after, minutes: 20, case: founder}
  - {title: Rating again, minutes: 5}
reveal: [entry:founder, ratings, outcomes]
"""

SEALS = ("ratings", "outcomes", "entry:founder")


def seminar_edition(folder: Path) -> Path:
    """The students' edition of the seminar of `PLAN`; its seals are in `out/later` of the folder."""
    build_volumes([write_files(folder / "pack", dict(PACK))], folder / "whole.sqlite")
    (folder / "seminar.yaml").write_text(PLAN, encoding="utf-8")
    built = build_seminar(folder / "seminar.yaml", folder / "whole.sqlite", folder / "out", "book")
    return built.folder / "students/bells-first.sqlite"


def secrets_of(book: Path) -> list[str]:
    """What lecturers alone know, and what `SEALS` seal, of the whole book."""
    return [
        *secrets.texts(book, secrets.TEACHING),
        *secrets.texts(book, secrets.RATINGS),
        *secrets.texts(book, secrets.OUTCOMES),
        *secrets.entry_texts(book, "founder"),
        "told-relation-words told-event-words told-figure-words told-passage-words",
        "told-mention-words hidden-gist-words hidden-source-words hidden-industry-words",
        "Hiddenvale Hiddenplace",
    ]


def allowed_in(book: Path) -> list[str]:
    """What an edition says openly."""
    return [
        *secrets.texts(book, "SELECT text FROM passage"),
        *secrets.texts(book, "SELECT title FROM entry"),
        *secrets.texts(book, "SELECT label FROM event"),
        *secrets.texts(book, "SELECT text FROM question"),
        *secrets.texts(book, "SELECT caption FROM exhibit"),
        *secrets.texts(book, "SELECT name || ' ' || role FROM person"),
        *secrets.texts(book, "SELECT text FROM criterion"),
        *secrets.texts(book, "SELECT definition FROM term"),
        *secrets.texts(book, "SELECT label FROM industry"),
        *secrets.texts(book, "SELECT slug FROM figure"),
        schema_sql(),
        "Case is the mark of a casebook's header",
        "founder of sealed entry bells takaoka hidden told words why director partner m",
    ]
