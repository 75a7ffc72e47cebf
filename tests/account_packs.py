"""Packs whose sources contradict one another: the small one, and a volume upon it."""

from __future__ import annotations

from pathlib import Path

from casebook.pack.build import build_volumes
from tests.conftest import SMALL_PACK, write_files
from tests.volume_packs import MORE

_WITH = "    with: [{entry: growers, as: friends}]\n"
_BELL = SMALL_PACK["firms/nosaku.md"]

OWN_ACCOUNTS = """\
    accounts:
      - when: "2001 [@m, para. 11]"
      - {when: {text: in 2003, edtf: "2003", inferred: a date}, place: "new-zealand [@m, para. 13]"}
"""
ADDED_ACCOUNT = """\
accounts:
  - {event: bell, when: {text: "before 1990 [@n, para. 6]", edtf: "[1985..1989]"}}
"""

MEMBERS = 'measures: "Members [@m, para. 2]"'
AMOUNTS = 'accounts: [{value: "15 [@m, para. 3]", qualifier: about}, "14-16 [@m, para. 4]"]'

CONTESTED = dict(SMALL_PACK) | {
    "firms/nosaku.md": _BELL.replace(_WITH, _WITH + OWN_ACCOUNTS),
    "organisations/growers.md": SMALL_PACK["organisations/growers.md"].replace(
        MEMBERS, f"{MEMBERS}, {AMOUNTS}"
    ),
}
"""The small pack, in which an event and a figure have three accounts each."""

UPON_IT = dict(MORE) | {
    "additions/nosaku.md": MORE["additions/nosaku.md"]
    .replace("relations:", f"{ADDED_ACCOUNT}relations:", 1)
    .replace("    after: bell [@n, para. 5]\n", ""),
    "additions/growers.md": MORE["additions/growers.md"].replace(
        "questions:", 'accounts: {figure: members, value: "20 [@n, para. 7]"}\nquestions:'
    ),
    "firms/founder.md": MORE["firms/founder.md"].replace(
        "    after: nosaku/bell [@n, para. 4]\n", ""
    ),
}
"""A volume that adds a fourth of each."""


def with_accounts(accounts: str) -> dict[str, str]:
    """The small pack, with some lines below its event."""
    return dict(SMALL_PACK) | {"firms/nosaku.md": _BELL.replace(_WITH, _WITH + accounts)}


def build_contested(folder: Path) -> Path:
    """A book of both."""
    packs = [
        write_files(folder / "small", dict(CONTESTED)),
        write_files(folder / "more", {**UPON_IT}),
    ]
    build_volumes(packs, folder / "contested.sqlite")
    return folder / "contested.sqlite"
