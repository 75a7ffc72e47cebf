"""Packs whose cases are rated as a table of signs says."""

from __future__ import annotations

from collections.abc import Sequence

from tests.conftest import SMALL_PACK

_RATINGS = {"1": "met", "0": "not met", "p": "partly"}
_OUTCOMES = {"1": "success", "0": "failed", "m": "mixed", "?": "open"}


def rated_pack(
    rows: Sequence[tuple[str, str]], points: str = "abc", *, unrated: bool = False
) -> dict[str, str | bytes]:
    """The files of a pack.

    Args:
        rows: the title of a case, and a sign for each point and last the outcome: `1`, `0`,
            `p` for partly, `m` for a mixed outcome, `?` where it is not known.
        unrated: with a second framework that rates no case.
    """
    files: dict[str, str | bytes] = {
        name: SMALL_PACK[name] for name in ("book.yaml", "places.yaml", "sources.json")
    }
    files["frameworks/checklist.yaml"] = _framework("Checklist", points)
    if unrated:
        files["frameworks/other.yaml"] = _framework("Other conditions", "xy")
    for title, signs in rows:
        slug = title.lower().replace(" ", "-")
        rated = [
            f"  - {{point: checklist {key}, rating: {_RATINGS[sign]},"
            f' evidence: "{title} on {key} [@m, para. 9]"}}\n'
            for key, sign in zip(points, signs, strict=False)
            if sign in _RATINGS
        ]
        assessments = "assessments:\n" + "".join(rated) if rated else ""
        files[f"firms/{slug}.md"] = (
            f"---\nkind: firm\ntitle: {title}\nsummary: It works [@m, para. 9].\n"
            "setting:\n  place: takaoka [@m, para. 9]\n"
            f'outcome: "{_OUTCOMES[signs[-1]]}: so it is said [@m, para. 9]"\n'
            f"{assessments}---\n"
        )
    return files


def _framework(title: str, points: str) -> str:
    lines = "".join(
        f'  - {{key: {key}, title: Point {key}, text: "Have {key} [@m, para. 6]"}}\n'
        for key in points
    )
    return f"title: {title}\nposition: 1\ndescription: Points [@m, para. 5]\npoints:\n{lines}"
