"""Writes a book as a pack again, so that people who have only the book can edit it.

Building the written pack gives the same content; comments and layout of the first pack
are not in a book and do not come back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from casebook.atomic import new_folder
from casebook.book import entries, figures, lists, pages, sources
from casebook.book.connection import Book
from casebook.book.exhibit_values import ExhibitLine, ExhibitRow
from casebook.book.page_values import (
    CriterionLine,
    EventLine,
    FigureLine,
    FrameworkLine,
    Page,
    RelationLine,
)
from casebook.book.rows import coordinates, text
from casebook.book.rows import name as known_name
from casebook.book.rows import slug as known_slug
from casebook.book.teaching_values import QuestionLine, TeachingLine
from casebook.book.values import AliasLine, Coordinates
from casebook.citations import Citation
from casebook.csl import csl_item, damaged_items
from casebook.errors import AlreadyThereError, CasebookError
from casebook.file_names import distinct_stems, path_within
from casebook.pack.citations import pandoc_group
from casebook.pack.files import FRAMEWORKS, OUTLINES
from casebook.pack.markdown_writer import body, markdown
from casebook.safe_text import screened_output
from casebook.vocabulary import Kind

Yaml = dict[str, Any]
_WIDTH = 100


def write_pack(book: Book, folder: Path, *, force: bool = False) -> int:
    """Writes the pack of a book into a new folder and says how many files it has.

    The folder is put in its place when it is whole; nothing is left behind otherwise.

    Args:
        force: write what can be read of a damaged book.

    Raises:
        AlreadyThereError: something of that name is there already.
        UnsafeNameError: the book has a name that cannot be a file's.
        CasebookError: the folder cannot be written; or the book is damaged, so that building
            the pack again would make what is lost lost for good.
    """
    try:
        with new_folder(folder) as partial:
            count = 0
            for names, content in _files(book):
                path = path_within(partial, *names)
                path.parent.mkdir(exist_ok=True)
                with open(path, "x", encoding="utf-8") as file:
                    file.write(screened_output(content))
                count += 1
            if book.faults and not force:
                raise CasebookError(
                    "The book is damaged, and what is missing in its pack would be lost for good."
                    " Nothing was written; --force writes what can be read."
                )
    except FileExistsError as error:
        if error.filename and Path(error.filename) != folder:
            name = Path(error.filename).name
            raise CasebookError(
                f"The book has two things named {name}; nothing was written."
            ) from None
        raise AlreadyThereError(f"{folder} exists already; nothing was written.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise CasebookError(f"{folder} cannot be written: {reason}.") from None
    return count


def _files(book: Book) -> Iterable[tuple[tuple[str, ...], str]]:
    """The path of each file, name by name, and what is in it."""
    info = book.info
    yield (
        ("book.yaml",),
        _yaml(
            {
                "slug": info.slug,
                "title": info.title,
                "edition": info.edition,
                "description": info.description,
                "language": info.language,
                "licence": info.licence,
            }
        ),
    )
    yield ("places.yaml",), _yaml({"places": _places(book)})
    yield ("sources.json",), json.dumps(_sources(book), ensure_ascii=False, indent=2) + "\n"
    yield ("glossary.yaml",), _yaml({"terms": _terms(book)})
    for position, framework in enumerate(lists.frameworks(book), 1):
        yield (FRAMEWORKS, f"{framework.slug}.yaml"), _yaml(_framework(framework, position))
    every = sources.sources(book)
    names = distinct_stems((source.slug for source in every), "source", taken="")
    for source, name in zip(every, names, strict=True):
        found = sources.source_page(book, source.slug).paragraphs
        gists = {paragraph.number: paragraph.gist for paragraph in found if paragraph.gist}
        if gists:
            outline = {"source": source.slug, "paragraphs": gists}
            yield (OUTLINES, f"{name}.yaml"), _yaml(outline)
    shared = [_figure(figure) for figure in figures.all_figures(book)]
    yield ("figures.yaml",), _yaml({"figures": shared})
    for line in entries.all_lines(book):
        page = pages.page(book, line.slug)
        yield (Kind(line.kind).plural, f"{line.slug}.md"), _entry(page)


def _yaml(value: Yaml) -> str:
    return yaml.safe_dump(_without_empty(value), allow_unicode=True, sort_keys=False, width=_WIDTH)


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        cleaned = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if item not in (None, "", {})}
    if isinstance(value, list | tuple):
        return [_without_empty(item) for item in value]
    return str(value) if isinstance(value, str) else value


def cited(words: str, citations: Iterable[Citation]) -> str:
    """Words followed by their citations, as a pack writes them."""
    group = tuple(citations)
    return f"{words} {pandoc_group(group)}".strip() if group else words


def _places(book: Book) -> list[Yaml]:
    aliases: dict[str, list[str]] = {}
    for slug, alias in book.ask(
        "SELECT p.slug, a.text FROM place_alias AS a JOIN place AS p ON p.id = a.place_id"
        " ORDER BY a.rowid"
    ):
        aliases.setdefault(known_slug(slug), []).append(known_name(alias))
    rows = book.ask(
        "SELECT p.slug, p.name, p.country, o.slug, p.lane, p.note, p.latitude, p.longitude"
        " FROM place AS p"
        " LEFT JOIN place AS o ON o.id = p.parent_id ORDER BY p.id"
    )
    found: list[Yaml] = []
    for stored, name, country, within, lane, note, latitude, longitude in rows:
        slug = known_slug(stored)
        if not slug:
            book.fault("a place has no slug and is left out")
            continue
        found.append(
            {
                "slug": slug,
                "name": known_name(name),
                "country": known_name(country),
                "within": known_slug(within),
                "lane": known_name(lane),
                "aliases": aliases.get(slug),
                "note": text(note),
            }
            | _coordinates(coordinates(latitude, longitude))
        )
    return found


def _coordinates(found: Coordinates | None) -> Yaml:
    if found is None:
        return {}
    return {"latitude": repr(found.latitude), "longitude": repr(found.longitude)}


def _sources(book: Book) -> list[Yaml]:
    rows = book.ask("SELECT slug FROM source ORDER BY position")
    known = sources.sources_by_slug(book, (text(slug) for (slug,) in rows))
    found = []
    for slug in known:
        page = sources.source_page(book, slug)
        source = page.source
        for words in damaged_items([source]):
            book.fault(words)
        item: Yaml = csl_item(source)
        custom: Yaml = {"label": source.label, "note": source.note}
        if source.paragraphs:
            custom["paragraphs"] = source.paragraphs
        note = book.one(
            "SELECT m.note FROM mention AS m JOIN source AS s ON s.id = m.source_id"
            " WHERE s.slug = ?",
            [source.slug],
        )
        if note:
            custom["cited"] = cited(text(note[0]), page.mentioned)
        found.append(item | {"custom": custom})
    return found


def _terms(book: Book) -> list[Yaml]:
    return [
        {
            "slug": term.slug,
            "term": term.name,
            "aliases": list(term.aliases) or None,
            "definition": cited(term.definition, term.citations),
            "entry": term.entry.slug if term.entry else None,
        }
        for term in lists.terms(book)
    ]


def _framework(framework: FrameworkLine, position: int) -> Yaml:
    points: list[Yaml] = []
    for criterion in framework.criteria:
        if criterion.depth and points:
            points[-1].setdefault("points", []).append(_criterion(criterion))
        else:
            points.append(_criterion(criterion))
    return {
        "title": framework.title,
        "position": position,
        "assessed": None if framework.is_assessed else "false",
        "description": cited(framework.description, framework.citations),
        "points": points,
    }


def _criterion(criterion: CriterionLine) -> Yaml:
    return {
        "key": criterion.key,
        "title": criterion.title,
        "text": cited(criterion.text, criterion.citations),
    }


def _when(words: str, edtf: str, inferred: str, citations: Iterable[Citation] = ()) -> Yaml:
    return {"text": cited(words, citations), "edtf": edtf, "inferred": inferred}


def _figure(figure: FigureLine) -> Yaml:
    surveyor = figure.surveyor.slug if figure.surveyor else None
    return {
        "slug": figure.slug,
        "value": figure.value,
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "measures": cited(figure.measures, figure.citations),
        "kind": figure.kind.value,
        "when": _when(figure.year, figure.edtf, figure.inferred_from) if figure.year else None,
        "survey": figure.survey,
        "surveyor": surveyor,
        "about": [about.slug for about in figure.about] or None,
        "not": figure.not_to_confuse,
    }


def _entry(page: Page) -> str:
    entry, setting = page.entry, page.entry.setting
    places = ", ".join(place.slug for place in setting.places)
    front: Yaml = {
        "kind": entry.kind.value,
        "title": entry.title,
        "unnamed": "true" if entry.is_unnamed else None,
        "aliases": [_alias(alias) for alias in entry.aliases] or None,
        "summary": markdown(page.summary, page.links),
        "setting": {
            "place": cited(places, setting.cited("place")),
            "industry": _industries(page) or None,
            "size": cited(setting.size, setting.cited("size")) if setting.size else None,
            "years": _when(
                setting.years, setting.edtf, setting.inferred_from, setting.cited("years")
            )
            if setting.edtf
            else None,
        },
        "outcome": cited(f"{entry.outcome}: {page.outcome_note}", setting.cited("outcome"))
        if entry.outcome
        else None,
        "relations": [_relation(line) for line in page.relations if not line.is_inverse] or None,
        "people": [
            {
                "name": person.name,
                "role": person.role,
                "note": cited(person.note, person.citations),
            }
            for person in page.people
        ]
        or None,
        "events": [_event(event) for event in page.own_events] or None,
        "assessments": [
            {
                "point": f"{assessment.framework} {assessment.key}",
                "rating": assessment.rating.value,
                "evidence": cited(assessment.evidence, assessment.citations),
            }
            for assessment in page.assessments
        ]
        or None,
        "exhibits": [_exhibit(one) for one in page.exhibits] or None,
        "questions": [_question(one) for one in page.questions] or None,
        "teaching": _teaching(page.teaching) if page.teaching else None,
        "teaching_note": list(page.teaching_notes) or None,
    }
    return f"---\n{_yaml(front)}---\n\n{body(page)}"


def _alias(alias: AliasLine) -> Yaml:
    note = cited(alias.note, alias.citations)
    return {"text": alias.text, "kind": alias.kind.value, "note": note}


def _industries(page: Page) -> list[str]:
    setting = page.entry.setting
    return [
        cited(f"{industry.code} {industry.note}".strip(), setting.cited(f"industry:{number}"))
        for number, industry in enumerate(setting.industries)
    ]


def _relation(relation: RelationLine) -> Yaml:
    return {
        "role": relation.role,
        "to": relation.other.slug,
        "as": relation.as_role,
        "note": cited(relation.note, relation.citations),
    }


def _event(event: EventLine) -> Yaml:
    return {
        "key": event.key,
        "what": cited(event.label, event.citations),
        "short": None if event.short.endswith("\N{HORIZONTAL ELLIPSIS}") else event.short,
        "when": _when(event.date_text, event.edtf, event.inferred_from),
        "kind": event.kind.value,
        "place": event.place.slug if event.place else None,
        "with": [
            {"entry": participant.entry.slug, "as": participant.role}
            for participant in event.participants
        ]
        or None,
        **_told(event),
    }


def _told(event: EventLine) -> dict[str, list[Yaml]]:
    """What is told of an event, in a list for each relation."""
    found: dict[str, list[Yaml]] = {}
    for line in event.told:
        is_own = line.other.entry.slug == event.entry.slug
        other = line.other.key if is_own else f"{line.other.entry.slug}/{line.other.key}"
        by = {"text": line.distance, "least": line.least, "most": line.most}
        said: Yaml = {"event": other, "says": cited(line.words, line.citations)}
        found.setdefault(line.relation.value, []).append(said | ({"by": by} if by["text"] else {}))
    return found


def _question(question: QuestionLine) -> str | Yaml:
    return {"key": question.key, "text": question.text} if question.key else question.text


def _teaching(note: TeachingLine) -> Yaml:
    return {
        "with": note.taught_with.slug if note.taught_with else None,
        "synopsis": cited(*note.synopsis),
        "objectives": list(note.objectives) or None,
        "audience": cited(*note.audience),
        "course": cited(*note.course),
        "board_plan": [
            {"minutes": str(one.end - one.begin), "topic": one.topic, "what": one.what}
            for one in note.board_plan
        ]
        or None,
        "answers": [
            {
                "question": one.asked.key or one.asked.text,
                "answer": cited(*one.answer),
                "ratings": [f"{point.framework} {point.key}" for point in one.points] or None,
            }
            for one in note.answers
        ]
        or None,
        "not_known": [cited(*one) for one in note.not_known] or None,
    }


def _exhibit(exhibit: ExhibitLine) -> Yaml:
    return {
        "key": exhibit.key,
        "caption": cited(*exhibit.caption),
        "columns": list(exhibit.columns),
        "rows": [_row(row) for row in exhibit.rows],
        "note": cited(*exhibit.note),
    }


def _row(row: ExhibitRow) -> list[str] | Yaml:
    cells = [cited(*cell) for cell in row.cells]
    return {"cells": cells, "cites": cited("", row.citations)} if row.citations else cells
