"""The JSON that commands print. Its names are a contract, described in docs/commands.md.

A citation is `{source, locator}`. Where a statement is drawn from a place rather than
stated there, the place stands among its `citations` and again in `inferred_from`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from casebook.book.account_values import AmountLine
from casebook.book.exhibit_values import CitedWords, ExhibitLine
from casebook.book.filters import FacetValue
from casebook.book.page_values import (
    FigureLine,
    Page,
    PersonLine,
    RelationLine,
)
from casebook.book.rating_values import AssessmentLine, RatingAccount
from casebook.book.source_values import SourceLine, SourcePage, TermLine
from casebook.book.teaching_values import AnswerLine, TeachingLine
from casebook.book.values import EntryLine, SettingLine
from casebook.renderings.cited_json import Json, citation, cited, ref
from casebook.renderings.events_contract import event
from casebook.search.hits import Hit, SearchResult
from casebook.text import PassageLine
from casebook.vocabulary import Sealed

if TYPE_CHECKING:
    from casebook.comparison.cells import RatingCounts
    from casebook.comparison.matrix import Comparison
    from casebook.exports.cite import ReadyCitation
    from casebook.pack.problems import Problem


def search(answer: SearchResult) -> Json:
    """The answer to a query; `spans` are the characters of `text` that matched."""
    return {
        "query": answer.query,
        "hits": [_hit(hit) for hit in answer.hits],
        "hints": list(answer.hints),
        "closest": [_hit(hit) for hit in answer.closest],
        "more": answer.is_cut,
    }


def _hit(hit: Hit) -> Json:
    return {
        "slug": hit.slug,
        "kind": hit.kind,
        "title": hit.title,
        "score": round(hit.score, 1),
        "why": hit.why,
        "text": hit.text,
        "spans": [list(span) for span in hit.spans],
        "anchor": hit.anchor,
        "similar": hit.is_similar,
    }


def setting(value: SettingLine) -> Json:
    return {
        "place": value.place,
        "places": [
            {"slug": place.slug, "name": place.name, "country": place.country}
            for place in value.places
        ],
        "industry": value.industry,
        "industries": [
            {"code": industry.code, "label": industry.label, "note": industry.note}
            for industry in value.industries
        ],
        "size": value.size,
        "years": value.years,
        "edtf": value.edtf,
    }


def entry_line(value: EntryLine) -> Json:
    """An entry of `list`."""
    return {
        "slug": value.slug,
        "kind": value.kind,
        "title": value.title,
        "aliases": [{"text": alias.text, "kind": alias.kind} for alias in value.aliases],
        "setting": setting(value.setting),
        "outcome": value.outcome,
        **({"outcomes": list(value.outcomes)} if value.outcome_accounts else {}),
        "volume": value.volume,
    }


def page(value: Page, *, for_lecturer: bool = False) -> Json:
    """Everything of an entry, as `show` prints it."""
    parts = dict(value.entry.setting.citations)
    found = entry_line(value.entry) | {
        "unnamed": value.entry.is_unnamed,
        "outcome_note": value.outcome_note,
        **_outcome_accounts(value.entry),
        "setting_citations": {part: cited(group) for part, group in parts.items()},
        "summary": value.summary.plain,
        "passages": [_passage(passage) for passage in value.passages],
        "relations": [_relation(relation) for relation in value.relations],
        "people": [_person(person) for person in value.people],
        "events": [event(line) for line in value.events],
        "figures": [_figure(figure) for figure in value.figures],
        "assessments": [_assessment(assessment) for assessment in value.assessments],
        "exhibits": [_exhibit(exhibit) for exhibit in value.exhibits],
        "questions": [question.text for question in value.questions],
        "added_by": [line.slug for line, _ in value.additions],
        "sources": [source(line) for line in value.sources.values()],
    }
    if sealed := [
        *(["outcome"] if value.entry.outcome is Sealed.SEALED else []),
        *(["ratings"] if value.has_sealed_ratings else []),
    ]:
        found["sealed"] = sealed
    if for_lecturer:
        found["teaching"] = _teaching(value.teaching) if value.teaching else None
        found["teaching_notes"] = list(value.teaching_notes)
    return found


def _teaching(value: TeachingLine) -> Json:
    """A teaching note; `minutes` is the whole of its board plan."""
    return {
        "with": ref(value.taught_with) if value.taught_with else None,
        "synopsis": _words(value.synopsis),
        "objectives": list(value.objectives),
        "audience": _words(value.audience),
        "course": _words(value.course),
        "board_plan": [
            {"begin": step.begin, "end": step.end, "topic": step.topic, "what": step.what}
            for step in value.board_plan
        ],
        "minutes": value.minutes,
        "answers": [_answer(answer) for answer in value.answers],
        "not_known": [_words(gap) for gap in value.not_known],
    }


def _answer(value: AnswerLine) -> Json:
    return {
        "question": value.question + 1,
        "key": value.asked.key or None,
        "asked": value.asked.text,
        "points": [
            {"framework": point.framework, "criterion": point.key, "rating": point.rating}
            for point in value.points
        ],
        **_words(value.answer),
    }


def _exhibit(value: ExhibitLine) -> Json:
    """An exhibit; the citations of its caption are for the whole of it."""
    return {
        "key": value.key,
        "caption": value.caption.text,
        "columns": list(value.columns),
        "rows": [
            {"cells": [_words(cell) for cell in row.cells], **cited(row.citations)}
            for row in value.rows
        ],
        "note": _words(value.note) if value.note.text else None,
        **cited(value.caption.citations, value.volume),
    }


def _words(value: CitedWords) -> Json:
    return {"text": value.text, **cited(value.citations)}


def _passage(value: PassageLine) -> Json:
    return {
        "block": value.block,
        "level": value.level,
        "text": value.text.plain,
        **cited(value.text.citations, value.volume),
    }


def _relation(value: RelationLine) -> Json:
    return {
        "role": value.role,
        "entry": ref(value.other),
        "as": value.as_role,
        "note": value.note,
        "term": value.term,
        **cited(value.citations, value.volume),
    }


def _person(value: PersonLine) -> Json:
    return {"name": value.name, "role": value.role, "note": value.note, **cited(value.citations)}


def _amount(figure: FigureLine, value: AmountLine) -> Json:
    """What one source says of a figure."""
    citations = figure.citations if value.is_own else value.citations
    return {
        "value": value.value,
        "qualifier": value.qualifier,
        **cited(citations, value.volume or figure.volume),
    }


def _figure(value: FigureLine) -> Json:
    return {
        "slug": value.slug,
        "value": value.value,
        "unit": value.unit,
        "qualifier": value.qualifier,
        "measures": value.measures,
        "kind": value.kind,
        "year": value.year,
        "edtf": value.edtf,
        "survey": value.survey,
        "not": value.not_to_confuse,
        "about": [entry.slug for entry in value.about],
        **cited(value.citations, value.volume),
        **(
            {"accounts": [_amount(value, amount) for amount in value.accounts]}
            if value.accounts
            else {}
        ),
    }


def _assessment(value: AssessmentLine) -> Json:
    return {
        "framework": value.framework,
        "criterion": value.key,
        "title": value.title,
        "rating": value.rating,
        "evidence": value.evidence,
        **cited(value.citations, value.volume),
        **_readings(value.accounts, value.volume),
    }


def _readings(accounts: Iterable[RatingAccount], volume: str) -> Json:
    """What each source says of a rating, where they contradict one another.

    Args:
        volume: that of the rating itself.
    """
    found = [
        {
            "rating": account.rating,
            "evidence": account.evidence,
            **cited(account.citations, account.volume or volume),
        }
        for account in accounts
    ]
    return {"accounts": found} if found else {}


def _outcome_accounts(entry: EntryLine) -> Json:
    """What each source says of the outcome of an entry, where they contradict one another."""
    found = [
        {
            "outcome": account.outcome,
            "note": account.note,
            **cited(account.citations, account.volume),
        }
        for account in entry.outcome_accounts
    ]
    return {"outcome_accounts": found} if found else {}


def comparison(value: Comparison) -> Json:
    """The answer of `compare`: entries across, points down; a rating may be `silent`."""
    return {
        "framework": value.framework.slug,
        "title": value.framework.title,
        "entries": [entry_line(entry) for entry in value.entries],
        "rows": [
            {
                "criterion": row.criterion.key,
                "title": row.criterion.title,
                "depth": row.criterion.depth,
                "differs": row.differs,
                "agreement": row.agreement,
                "counts": counts(row.counts),
                "cells": [
                    {
                        "entry": cell.entry,
                        "rating": cell.rating,
                        "evidence": cell.evidence,
                        **cited(cell.citations, cell.volume),
                        **_readings(cell.accounts, cell.volume),
                    }
                    for cell in row.cells
                ],
            }
            for row in value.rows
        ],
        "counts": {entry.slug: counts(value.counts_of(entry.slug)) for entry in value.entries},
    }


def ready_citation(value: ReadyCitation) -> Json:
    """The answer of `cite`."""
    return {
        "address": value.statement.address,
        "title": value.statement.title,
        "text": value.statement.words,
        "style": value.style,
        "in_text": value.in_text,
        "references": list(value.references),
        **cited(value.statement.citations),
    }


def counts(value: RatingCounts) -> Json:
    return {
        "met": value.met,
        "partly": value.partly,
        "not met": value.not_met,
        "silent": value.silent,
        "contested": value.contested,
        **({"sealed": value.sealed} if value.sealed else {}),
    }


def source(value: SourceLine) -> Json:
    return {
        "id": value.slug,
        "label": value.label,
        "reference": value.reference,
        "paragraphs": value.paragraphs,
        "grade": value.grade,
        "read": value.extent,
        "accessed": value.accessed or None,
        "address": value.address or None,
        "note": value.note,
    }


def facet(value: FacetValue) -> Json:
    return {"value": value.value, "label": value.label, "count": value.entries}


def source_page(value: SourcePage) -> Json:
    return source(value.source) | {
        "outline": [
            {
                "number": paragraph.number,
                "gist": paragraph.gist,
                "cited_by": [ref(entry) for entry in paragraph.cited_by],
            }
            for paragraph in value.paragraphs
        ],
        "cites": [
            source(mention.source) | {"note": mention.note, **cited(mention.citations)}
            for mention in value.mentions
        ],
        "cited_at": [citation(cite) for cite in value.mentioned],
    }


def term(value: TermLine) -> Json:
    return {
        "slug": value.slug,
        "term": value.name,
        "aliases": list(value.aliases),
        "definition": value.definition,
        "entry": value.entry.slug if value.entry else None,
        **cited(value.citations),
    }


def problem(value: Problem) -> Json:
    return {
        "file": value.spot.path,
        "line": value.spot.line,
        "column": value.spot.column,
        "message": value.message,
    }
