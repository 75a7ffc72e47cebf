"""Writes a book as packs again, so that people who have only the book can edit it or build on it.

Building the written packs gives the same book, byte by byte; comments and layout of the
first packs are not in a book and do not come back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from casebook.atomic import new_folder
from casebook.book import entries, figures, lists, pages, sources
from casebook.book.connection import Book, open_book
from casebook.book.entry_parts import AliasLine
from casebook.book.exhibit_values import ExhibitLine, ExhibitRow
from casebook.book.page_values import (
    CriterionLine,
    FigureLine,
    FrameworkLine,
    Page,
    RelationLine,
)
from casebook.book.rows import coordinates, text
from casebook.book.rows import name as known_name
from casebook.book.rows import slug as known_slug
from casebook.book.teaching_values import QuestionLine, TeachingLine
from casebook.book.values import Coordinates, VolumeLine
from casebook.book.volumes import added_to_by, has_several, slug_of, volumes
from casebook.csl import csl_item, damaged_items
from casebook.errors import AlreadyThereError, BookError, CasebookError
from casebook.file_names import distinct_stems, path_within
from casebook.pack.event_writer import (
    cited,
    written_accounts,
    written_amounts,
    written_date,
    written_event,
    written_outcome,
    written_outcomes,
    written_rating,
    written_ratings,
)
from casebook.pack.files import ADDITIONS, BOOK, FRAMEWORKS, OUTLINES, PackFiles, Written
from casebook.pack.markdown_writer import body, markdown
from casebook.safe_text import screened_output

Yaml = dict[str, Any]
_WIDTH = 100


class _File(NamedTuple):
    """A file of a pack: its path, name by name, and what makes what it says."""

    names: tuple[str, ...]
    written: Callable[[], Written]


def _text_of(written: Written, name: str) -> str:
    """The text of a file that says something."""
    if written.front is None:
        return written.body
    front = yaml.safe_dump(written.front, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return f"---\n{front}---\n\n{written.body}" if name.endswith(".md") else str(front)


def write_pack(book: Book, folder: Path, *, force: bool = False) -> int:
    """Writes the pack of a book into a new folder and says how many files it has.

    Of a book of several volumes each has a folder of its own below that. The folder is put in
    its place when it is whole; nothing is left behind otherwise.

    Args:
        force: write what can be read of a damaged book.

    Raises:
        AlreadyThereError: something of that name is there already.
        UnsafeNameError: the book has a name that cannot be a file's.
        CasebookError: the folder cannot be written; the book is an edition that does not hold
            everything; or it is damaged, so that building
            the pack again would make what is lost lost for good.
    """
    book.edition.require_everything()
    several = has_several(book)
    try:
        with new_folder(folder) as made:
            count = 0
            for volume in volumes(book):
                for names, written in _files(book, volume):
                    below = (volume.slug, *names) if several else names
                    path = path_within(made, *below)
                    path.parent.mkdir(exist_ok=True, parents=True)
                    with open(path, "x", encoding="utf-8") as file:
                        file.write(screened_output(_text_of(written(), names[-1])))
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


def built_packs(path: Path, *, has_lines: bool = True) -> list[PackFiles]:
    """The volumes of a built book as packs, without writing them anywhere.

    Args:
        has_lines: what is told of them names lines, as if unpacked; else no YAML is made.

    Raises:
        BookError: there is no book at the path, or it is damaged, so that what is built on it
            would lack something.
        CasebookError: it is an edition that does not hold everything.
    """
    with open_book(path) as book:
        book.edition.require_everything()
        packs = []
        for volume in volumes(book):
            said = {"/".join(file.names): file.written() for file in _files(book, volume)}
            root, names = f"{path}/{volume.slug}", tuple(sorted(said))
            known = None if has_lines else said.__getitem__
            packs.append(PackFiles(root, names, partial(_bytes_of, said), known))
        if book.faults:
            raise BookError(f"{path} is damaged, and nothing can be built on it: {book.faults[0]}.")
        return packs


def _bytes_of(said: Mapping[str, Written], name: str) -> bytes:
    return _text_of(said[name], name).encode()


def _files(book: Book, volume: VolumeLine) -> Iterator[_File]:
    """The files of a volume; what takes long is made when it is asked for."""

    def file(*names: str, written: Callable[[], Written]) -> _File:
        return _File(names, written)

    def is_own(key: object) -> bool:
        return slug_of(book, key) == volume.slug

    about = {
        "slug": volume.slug,
        "title": volume.title,
        "edition": volume.edition,
        "description": volume.description,
        "language": volume.language,
        "licence": volume.licence,
        "builds_on": [{"slug": base.slug, "edition": base.edition} for base in volume.builds_on]
        or None,
    }
    yield file(BOOK, written=lambda: _yaml(about))
    yield file("places.yaml", written=lambda: _yaml({"places": _places(book, is_own)}))
    items = _sources(book, is_own)
    text_of_items = json.dumps(items, ensure_ascii=False, indent=2) + "\n"
    yield file("sources.json", written=lambda: Written(None, text_of_items))
    yield file("glossary.yaml", written=lambda: _yaml({"terms": _terms(book, volume)}))
    frameworks = [line for line in lists.frameworks(book) if line.volume in ("", volume.slug)]
    for position, framework in enumerate(frameworks, 1):
        yield file(
            FRAMEWORKS,
            f"{framework.slug}.yaml",
            written=partial(_yaml, _framework(framework, position)),
        )
    every = [source for source in sources.sources(book) if source.slug in _ids(items)]
    names = distinct_stems((source.slug for source in every), "source", taken="")
    for source, stem in zip(every, names, strict=True):
        found = sources.source_page(book, source.slug).paragraphs
        gists = {paragraph.number: paragraph.gist for paragraph in found if paragraph.gist}
        if gists:
            outline = {"source": source.slug, "paragraphs": gists}
            yield file(OUTLINES, f"{stem}.yaml", written=partial(_yaml, outline))
    shared = [
        _figure(figure)
        for figure in figures.all_figures(book)
        if not figure.owner and figure.volume in ("", volume.slug)
    ]
    yield file("figures.yaml", written=lambda: _yaml({"figures": shared}))
    for line in entries.all_lines(book):
        if line.volume == volume.slug:
            yield file(
                line.kind.plural,
                f"{line.slug}.md",
                written=partial(_entry_written, book, line.slug),
            )
    for slug in added_to_by(book, volume):
        yield file(ADDITIONS, f"{slug}.md", written=partial(_addition_written, book, slug, volume))


def _ids(items: Iterable[Yaml]) -> set[str]:
    return {item["id"] for item in items}


def _entry_written(book: Book, slug: str) -> Written:
    return _entry(pages.page(book, slug).of_own_volume)


def _addition_written(book: Book, slug: str, volume: VolumeLine) -> Written:
    page = pages.page(book, slug)
    said = next(added for by, added in page.additions if by.slug == volume.slug)
    front = {"adds_to": slug, "accounts": written_accounts(said)} | _parts(said)
    return _yaml(front, body(said.passages, page.links))


def _yaml(value: Yaml, below: str = "") -> Written:
    return Written(_without_empty(value), below)


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        cleaned = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in cleaned.items() if item not in (None, "", {})}
    if isinstance(value, list | tuple):
        return [_without_empty(item) for item in value]
    return str(value) if isinstance(value, str) else value


def _places(book: Book, is_own: Callable[[object], bool]) -> list[Yaml]:
    aliases: dict[str, list[str]] = {}
    for slug, alias in book.ask(
        "SELECT p.slug, a.text FROM place_alias AS a JOIN place AS p ON p.id = a.place_id"
        " ORDER BY a.rowid"
    ):
        aliases.setdefault(known_slug(slug), []).append(known_name(alias))
    rows = book.ask(
        "SELECT p.slug, p.name, p.country, o.slug, CASE WHEN p.gives_lane THEN p.lane END,"
        " p.note, p.latitude, p.longitude, p.volume_id FROM place AS p"
        " LEFT JOIN place AS o ON o.id = p.parent_id ORDER BY p.id"
    )
    found: list[Yaml] = []
    for stored, name, country, within, lane, note, latitude, longitude, volume in rows:
        if not is_own(volume):
            continue
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


def _sources(book: Book, is_own: Callable[[object], bool]) -> list[Yaml]:
    rows = book.ask("SELECT slug, volume_id FROM source ORDER BY position")
    own = (text(slug) for slug, volume in rows if is_own(volume))
    known = sources.sources_by_slug(book, own)
    found = []
    for slug in known:
        page = sources.source_page(book, slug)
        source = page.source
        for words in damaged_items([source]):
            book.fault(words)
        item: Yaml = csl_item(source)
        custom: Yaml = {"label": source.label, "note": source.note}
        custom |= {"grade": source.grade} if source.grade else {}
        if source.paragraphs:
            custom["paragraphs"] = source.paragraphs
        note = book.one(
            "SELECT m.note FROM mention AS m JOIN source AS s ON s.id = m.source_id"
            " WHERE s.slug = ?",
            [source.slug],
        )
        if note:
            custom["cited"] = cited(text(note[0]), page.mentioned)
        else:
            custom |= {"read": source.extent} if source.extent else {}
            custom |= _copy_read(source.address, item.get("URL"))
        found.append(item | {"custom": custom})
    return found


def _copy_read(address: str, of_work: object) -> Yaml:
    """The address of a copy that was read in the place of the work's own."""
    is_other = address != of_work and re.match(r"https?://\S+$", address)
    return {"read_at": address} if is_other else {}


def _terms(book: Book, volume: VolumeLine) -> list[Yaml]:
    return [
        {
            "slug": term.slug,
            "term": term.name,
            "aliases": list(term.aliases) or None,
            "definition": cited(term.definition, term.citations),
            "entry": term.entry.slug if term.entry else None,
        }
        for term in lists.terms(book)
        if term.volume in ("", volume.slug)
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


def _figure(figure: FigureLine, owner: str = "") -> Yaml:
    """A figure as it is written on its own, or in the file of the entry that it is about first."""
    surveyor = figure.surveyor.slug if figure.surveyor else None
    own = next((account for account in figure.accounts if account.is_own), figure)
    return {
        "slug": figure.slug,
        "value": own.value,
        "unit": figure.unit,
        "qualifier": own.qualifier,
        "measures": cited(figure.measures, figure.citations),
        "kind": figure.kind.value,
        "when": written_date(figure.year, figure.edtf, figure.inferred_from)
        if figure.year
        else None,
        "survey": figure.survey,
        "surveyor": surveyor,
        "about": [about.slug for about in figure.about if about.slug != owner] or None,
        "not": figure.not_to_confuse,
        "accounts": written_amounts(figure) or None,
    }


def _entry(page: Page) -> Written:
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
            "years": written_date(
                setting.years, setting.edtf, setting.inferred_from, setting.cited("years")
            )
            if setting.edtf
            else None,
        },
        "outcome": _outcome(page),
        "accounts": written_outcomes(page),
        "people": [
            {
                "name": person.name,
                "role": person.role,
                "note": cited(person.note, person.citations),
            }
            for person in page.people
        ]
        or None,
        **_parts(page),
        "teaching": _teaching(page.teaching) if page.teaching else None,
        "teaching_note": list(page.teaching_notes) or None,
    }
    # The summary stands in the front matter.
    return _yaml(front, body(page.passages[1:], page.links))


def _outcome(page: Page) -> str | None:
    entry = page.entry
    own = next((account for account in entry.outcome_accounts if account.is_own), None)
    if own:
        return written_outcome(own)
    if not entry.outcome:
        return None
    return cited(f"{entry.outcome}: {page.outcome_note}", entry.setting.cited("outcome"))


def _parts(page: Page) -> Yaml:
    """What any file may say of an entry."""
    own = page.entry.slug
    return {
        "relations": [_relation(line) for line in page.relations if not line.is_inverse] or None,
        "events": [written_event(event) for event in page.own_events] or None,
        "figures": [_figure(line, own) for line in page.figures if line.owner == own] or None,
        "assessments": [
            {
                **written_rating(assessment),
                "accounts": written_ratings(assessment) or None,
            }
            for assessment in page.assessments
        ]
        or None,
        "exhibits": [_exhibit(exhibit) for exhibit in page.exhibits] or None,
        "questions": [_question(question) for question in page.questions] or None,
    }


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
            {"minutes": str(step.end - step.begin), "topic": step.topic, "what": step.what}
            for step in note.board_plan
        ]
        or None,
        "answers": [
            {
                "question": answer.asked.key or answer.asked.text,
                "answer": cited(*answer.answer),
                "ratings": [f"{point.framework} {point.key}" for point in answer.points] or None,
            }
            for answer in note.answers
        ]
        or None,
        "not_known": [cited(*gap) for gap in note.not_known] or None,
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
