"""Packs that stand upon the small one: a second volume and a third, and a book of all three."""

from __future__ import annotations

from pathlib import Path

from casebook.pack.build import build_volumes
from tests.conftest import SMALL_PACK, write_files

MORE = {
    "book.yaml": (
        'slug: more\ntitle: More cases\nedition: "2"\ndescription: On top.\nlicence: CC0\n'
        'builds_on:\n  - {slug: small, edition: "1"}\n'
    ),
    "places.yaml": "places:\n  - {slug: bruges, name: Bruges, country: BE}\n"
    "  - {slug: old-town, name: Old town, country: JP, within: takaoka}\n",
    "sources.json": (
        '[{"id": "n", "type": "book", "title": "Later",'
        ' "author": [{"family": "Later", "given": "A."}], "custom": {"paragraphs": 9}}]'
    ),
    "glossary.yaml": 'terms:\n  - {slug: bell, term: Bell, definition: "It rings [@n, para. 1]"}\n',
    "figures.yaml": (
        "figures:\n  - {slug: bells-sold, value: '5', unit: bells, measures: 'Bells [@n, para. 2]',"
        " about: [nosaku, growers], surveyor: growers}\n"
    ),
    "frameworks/stages.yaml": (
        "title: Stages\nposition: 1\ndescription: Steps [@n, para. 3]\n"
        "points:\n  - {key: first, title: First, text: 'Begin [@m, para. 1]'}\n"
    ),
    "firms/founder.md": """\
---
kind: firm
title: Founder of bells
summary: It founds with [Nosaku](nosaku.md) [@m, para. 9; @n, para. 4].
setting:
  place: old-town, bruges [@n, para. 4]
  industry: 2431 iron [@n, para. 4]
outcome: "failed: it closes [@n, para. 4]"
relations:
  - {role: partner of, to: nosaku, note: "[@n, para. 4]"}
events:
  - key: visit
    what: It visits [@n, para. 4]
    when: {text: "1999", edtf: "1999"}
    kind: other
    place: takaoka
    with: [{entry: nosaku, as: host}]
    after: nosaku/bell [@n, para. 4]
assessments:
  - {point: checklist b, rating: not met, evidence: "None [@n, para. 4]"}
  - {point: stages first, rating: met, evidence: "It began [@n, para. 4]"}
figures:
  - {slug: fire, value: "1", unit: fire, measures: "A fire [@n, para. 4]", about: [nosaku]}
---

A [Rindo](../glossary.yaml#rindo) and a [bell](../glossary.yaml#bell) [@n, para. 4].
""",
    "additions/nosaku.md": """\
---
adds_to: nosaku
relations:
  - {role: supplies, to: founder, note: "[@n, para. 5]"}
events:
  - key: second-bell
    what: Another bell [@n, para. 5]
    when: {text: "2003", edtf: "2003"}
    kind: product
    after: bell [@n, para. 5]
assessments:
  - {point: checklist b, rating: not met, evidence: "No products [@n, para. 5]"}
figures:
  - {slug: more-members, value: "9", unit: people, measures: "People [@n, para. 5]"}
exhibits:
  - {key: later, caption: Later bells, columns: [When, What], rows: [[2003, "One [@n, para. 5]"]]}
questions:
  - {key: then, text: 'And then?'}
---

## Since then

More bells were cast with [the founder](../firms/founder.md) [@n, para. 5].
""",
    "additions/growers.md": """\
---
adds_to: growers
questions: ["Why grow?"]
---
""",
}

OWN = {
    "book.yaml": (
        'slug: own\ntitle: My seminar\nedition: "1"\ndescription: Mine.\n'
        "builds_on: [small, {slug: more, edition: '1.9'}]\n"
    ),
    "additions/nosaku.md": "---\nadds_to: nosaku\nquestions: ['What would you do?']\n---\n\n"
    "As seen by us [@own].\n",
}


def build_three(folder: Path) -> Path:
    """A book of the small pack and the two upon it."""
    packs = [
        write_files(folder / "small", dict(SMALL_PACK)),
        write_files(folder / "more", dict(MORE)),
        write_files(folder / "own", dict(OWN)),
    ]
    build_volumes(packs, folder / "three.sqlite")
    return folder / "three.sqlite"
