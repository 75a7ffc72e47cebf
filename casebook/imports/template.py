"""The workbook that an author fills in: empty sheets with drop-downs, and one that explains."""

from __future__ import annotations

from pathlib import Path

from casebook.exports.case_workbook import table_xlsx
from casebook.imports.target_pack import target_pack
from casebook.pack.forms import criteria_within
from casebook.sheets import CASES, COLUMNS, EVIDENCE, heading

EXPLANATION = """\
Fill in the sheet Cases, a row for each case. Only the title is needed; leave empty what the \
sources do not say.
Kind: alliance, firm or region; firm where nothing is said. Slug: the name of the entry's file; \
it is made from the title where it is empty.
Other names: separated by semicolons, each followed by its kind: Cordage (brand).
Place and country: Bergen, Norway. Several places are separated by semicolons, the main one first.
Industry code: of ISIC Rev. 4, four digits; `casebook isic rope` finds it. Industry: your own words.
Years and founded: as the source says it: 2003, late 1990s, since 1950, around 2005, 2003 to 2013.
Outcome: success, mixed, struggling, failed or open. Outcome reason: why, in a few words.
Text: the case itself. An empty line separates paragraphs, # and a space begin a heading.
Source and locator: what the row rests on: the id of a source (on the sheet Sources, or in the \
pack) and para. 7 or p. 12.
A column for each point of a framework holds the rating: met, partly or not met; the column beside \
it holds the sentence that supports the rating.
Events: a row for each, with the title of its case. Assessments: ratings with a source of their \
own. Sources: what is cited; authors as Family, Given; Family, Given.
Then: casebook import cases.xlsx --pack my-pack says what it would write, and --write does it.
"""


def template(pack: Path | None, on: Path | None = None) -> bytes:
    """The workbook, with the places and points of a pack if one is given.

    Args:
        on: a built book that the pack stands on.

    Raises:
        MissingError: XlsxWriter is not installed.
        CasebookError: the pack cannot be read.
    """
    points: list[str] = []
    choices: dict[str, list[str]] = {}
    if pack is not None:
        opened = target_pack(pack, on)
        assessed = {
            slug: framework
            for slug, framework in opened.frameworks.items()
            if framework.form.assessed
        }
        keys = {
            slug: [point.key for point in criteria_within(filed.form.points)]
            for slug, filed in assessed.items()
        }
        points = [f"{slug} {key}" for slug, every in keys.items() for key in every]
        choices = {
            "place": [place.name for place in opened.places],
            "framework": list(assessed),
            "point": list(dict.fromkeys(key for every in keys.values() for key in every)),
            "points": points,
        }
    rated = [column for point in points for column in (point, f"{point} {EVIDENCE}")]
    sheets = {name: [[heading(column) for column in columns]] for name, columns in COLUMNS.items()}
    sheets[CASES][0] += rated
    return table_xlsx(sheets, choices, EXPLANATION.splitlines())
