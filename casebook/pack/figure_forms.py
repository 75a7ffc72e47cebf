"""The forms of what other sources say of a figure."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator

from casebook.pack.form_values import CitedText, Form, Line, Slug

FIGURE_VALUE = r"^(\d+(\.\d+)?(-\d+(\.\d+)?)?|[a-z]{3,20})$"


def _figure_account(value: Any) -> Any:
    """The short form of another account of a figure: `4.25 [@city2019, para. 3]`."""
    return {"value": value} if isinstance(value, str) else value


class FigureAccountForm(Form):
    """Another account of the value of a figure."""

    value: CitedText
    qualifier: Line | None = None

    @model_validator(mode="after")
    def _is_a_value(self) -> FigureAccountForm:
        if not re.fullmatch(FIGURE_VALUE, self.value.plain):
            raise ValueError(f"'{self.value.plain}' is not valid for 'value'")
        return self


FigureAccountValue = Annotated[FigureAccountForm, BeforeValidator(_figure_account)]


class AddedFigureAccountForm(FigureAccountForm):
    figure: Slug
    """The slug of a figure that an earlier volume has written for the entry."""
