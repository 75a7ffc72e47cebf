"""`casebook date` and `casebook isic`: what an author of a pack looks up."""

from __future__ import annotations

from typing import Annotated

import typer

from casebook.cli.app import JsonFlag, app, reading_width
from casebook.cli.output import print_json, print_lines
from casebook.errors import CasebookError


@app.command("date")
def explain_date(
    words: Annotated[
        list[str], typer.Argument(help='A date in words, or EDTF: around 2005, 1990s, "2003-13".')
    ],
    as_json: JsonFlag = False,
) -> None:
    """Say how a pack writes a date, and what it means.

    The date may be in words or in EDTF; it is drawn as a timeline draws it.
    """
    from casebook.date_words import bounds_words
    from casebook.pack.date_guesses import guessed
    from casebook.timeline.text_chart import bounds_lines

    text = " ".join(words)
    found = guessed(text)
    if found is None:
        raise CasebookError(
            "Casebook does not understand this date. docs/dates.md shows how EDTF says what a"
            " source says; for example 2003, 199X, [1995..1999], 1950/.. or 2005~."
        )
    bounds = found.bounds
    if as_json:
        from casebook.renderings import events_contract

        print_json({"words": text, "edtf": found.edtf, **events_contract.bounds(bounds)})
        return
    drawn = bounds_lines(bounds, reading_width())
    print_lines([f'edtf: "{found.edtf}"', bounds_words(bounds), *([""] if drawn else []), *drawn])


@app.command()
def isic(
    words: Annotated[
        list[str],
        typer.Argument(help="Words for an industry, or an ISIC Rev. 4 code: knives, 2593."),
    ],
    as_json: JsonFlag = False,
) -> None:
    """Find the code of an industry in ISIC, the classification of industries (revision 4)."""
    from casebook.pack.isic import found_codes

    codes = found_codes(" ".join(words))
    if not codes:
        raise CasebookError(
            "ISIC Rev. 4 has no industry with these words. Try a more general word."
        )
    if as_json:
        print_json([{"code": code, "label": label} for code, label in codes])
    else:
        print_lines(f"{code:<4}  {label}" for code, label in codes)
