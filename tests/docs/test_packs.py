"""docs/packs.md names every key, every word and everything that the checker says."""

from __future__ import annotations

import re
from enum import StrEnum

import pytest
from pydantic import BaseModel

from casebook.pack import forms
from casebook.pack.account_forms import RatingAccountForm
from casebook.pack.exhibit_forms import ExhibitForm, RowForm
from casebook.pack.files import (
    ADDITIONS,
    BOOK,
    FOLDERS,
    FRAMEWORKS,
    OUTLINES,
    REQUIRED_FILES,
    TOP_FILES,
)
from casebook.pack.sources import Custom
from casebook.pack.teaching_forms import AnswerForm, BoardStepForm, QuestionForm, TeachingForm
from casebook.pack.unrendered import MARKUP
from casebook.roles import ROLES
from casebook.statement_kinds import EventKind, FigureKind
from casebook.vocabulary import CASES, AliasKind, Kind, Outcome, Rating
from tests.conftest import ROOT
from tests.docs.documents import section, table_rows
from tests.docs.messages import READING, messages
from tests.docs.written import check_written, table

DOCUMENT = ROOT / "docs" / "packs.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")

FORMS: dict[str, type[BaseModel]] = {
    "### `book.yaml`": forms.BookForm,
    "A volume that it builds on is its slug alone, or:": forms.FoundationForm,
    "### `sources.json`": Custom,
    "### `places.yaml`": forms.PlaceForm,
    "### `glossary.yaml`": forms.TermForm,
    "### `frameworks/*.yaml`": forms.FrameworkForm,
    "A point, and a sub-point under it:": forms.CriterionForm,
    "### `outlines/*.yaml`": forms.OutlineForm,
    "### Entries": forms.EntryForm,
    "An alias:": forms.AliasForm,
    "The setting:": forms.SettingForm,
    "A relation:": forms.RelationForm,
    "A person:": forms.PersonForm,
    "An event:": forms.EventForm,
    "  by: {text: two years later, least: P2Y, most: P3Y}": forms.ToldForm,
    "The distance `by`:": forms.DistanceForm,
    "An account:": forms.AccountForm,
    "A date is an EDTF string alone, such as `2005`, or:": forms.When,
    "A figure, here or in the list `figures` of `figures.yaml`:": forms.FigureForm,
    "An exhibit:": ExhibitForm,
    "A row that is cited as a whole:": RowForm,
    "A **question** is its words alone, or:": QuestionForm,
    "    - Who the first buyer was [@minato2019, para. 8]": TeachingForm,
    "A step of the board plan; the program adds up the minutes:": BoardStepForm,
    "An answer:": AnswerForm,
    "An assessment; a point without one is *silent*:": forms.AssessmentForm,
    "Another account of a rating:": RatingAccountForm,
}
_WORKED_OUT = {"bounds", "citations"}
"""Fields of a date that no author writes."""


@pytest.mark.parametrize("before", FORMS)
def test_every_key_is_described(before: str) -> None:
    start = TEXT.index(f"\n{before}\n")
    after = TEXT[start:].split("| Key |", 1)[1].split("\n\n", 1)[0]
    told = {row[0].strip("`"): row[1] for row in table_rows(f"| Key |{after}")}
    fields = FORMS[before].model_fields.items()
    wanted = {
        field.alias or name: "yes" if field.is_required() else "no"
        for name, field in fields
        if name not in _WORKED_OUT
    }
    assert told == wanted


def test_every_file_is_described() -> None:
    rows = {name: row[1] for row in table_rows(section(TEXT, "## The files")) if len(row) == 3
            for name in re.findall(r"`([\w*/]+\.\w+)`", row[0])}  # fmt: skip
    folders = {f"{folder}/*.md" for folder in (*FOLDERS, ADDITIONS)}
    assert {*TOP_FILES, *folders, f"{FRAMEWORKS}/*.yaml", f"{OUTLINES}/*.yaml"} <= set(rows)
    needed = {name for name, needed in rows.items() if needed == "yes" and "." in name}
    assert needed == {BOOK, *REQUIRED_FILES}


def test_every_key_of_an_addition_is_described() -> None:
    after = TEXT.split("**adds to that entry**", 1)[1].split("| Key |", 1)[1].split("\n\n", 1)[0]
    rows = table_rows(f"| Key |{after}")
    told = {name: row[1] for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    fields = forms.AdditionForm.model_fields.items()
    assert told == {name: "yes" if field.is_required() else "no" for name, field in fields}


_LISTS: dict[str, type[StrEnum]] = {
    "`kind` of an entry": Kind,
    "`outcome`": Outcome,
    "`rating`": Rating,
    "`kind` of an alias": AliasKind,
    "`kind` of an event": EventKind,
    "`kind` of a figure": FigureKind,
}


def test_the_closed_lists_are_the_programs() -> None:
    rows = []
    for name, words in _LISTS.items():
        chosen = [word for word in words if word is not Rating.SILENT]
        rows.append((name, ", ".join(f"`{word.value}`" for word in chosen)))
    check_written(DOCUMENT, "words", table(("Where", "One of"), rows))
    roles = [
        (f"`{role.name}`", role.inverse, f"`{role.term}`" if role.term else "")
        for role in ROLES.values()
    ]
    check_written(DOCUMENT, "roles", table(("`role`", "Read back", "Term"), roles))
    assert len(CASES) == 3


_SIGNS = re.compile(r"(\[[^\]]+\](?:\([^)]*\))?|\\@)")


def test_what_is_not_shown_is_what_the_checker_refuses() -> None:
    rows = [
        (f"{markup.what}: {markup.example}", _SIGNS.sub(r"`\1`", markup.mend)) for markup in MARKUP
    ]
    check_written(DOCUMENT, "markup", table(("What is refused", "Write instead"), rows))


def test_every_complaint_of_the_checker_is_explained() -> None:
    said = messages(READING)
    rows = table_rows(section(TEXT, "## What the checker says"))
    told = [row[0].strip("`") for row in rows]
    assert len(told) == len(set(told)), [message for message in told if told.count(message) > 1]
    assert not set(told) - set(said), "no longer said"
    assert not set(said) - set(told), "not explained"
    assert all(len(row[1]) > 5 for row in rows)
