"""What a pack may say of an exhibit: a small table with a caption and citations."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from casebook.citations import Citation
from casebook.pack.form_values import CitedText, Form, OneLine, Slug, cited_parts


class CellForm(BaseModel):
    """The words of a cell and the citations that end them.

    Attributes:
        fault: what is wrong with it. A cell that were left out would move those after it.
    """

    model_config = ConfigDict(frozen=True)

    plain: str = ""
    citations: tuple[Citation, ...] = ()
    fault: str = ""


def _cell(value: Any) -> Any:
    try:
        if not isinstance(value, str):
            raise ValueError("a cell must be words")
        return cited_parts(value)
    except ValueError as error:
        return {"fault": str(error)}


def _row(value: Any) -> Any:
    """The short form of a row: its cells alone."""
    return {"cells": value} if isinstance(value, list) else value


class RowForm(Form):
    cells: list[Annotated[CellForm, BeforeValidator(_cell)]]
    cites: CitedText | None = None
    """The citations that stand for the whole row, and no words."""


class ExhibitForm(Form):
    key: Slug
    caption: CitedText
    columns: list[OneLine]
    rows: list[Annotated[RowForm, BeforeValidator(_row)]]
    note: CitedText | None = None
