"""The page of an entry as a document: what stands on it, in which order and in which words."""

from __future__ import annotations

from collections.abc import Sequence

from casebook import anchors, teaching_words
from casebook.account_words import (
    OVER_ALL,
    add_account,
    add_amounts,
    add_when,
    added_outcome_words,
    added_rating_words,
    amount_words,
    fact_words,
    rating_words,
)
from casebook.book.account_values import AccountLine, AmountLine
from casebook.book.hiding import HIDDEN
from casebook.book.page_values import (
    EventLine,
    FigureLine,
    Page,
    PersonLine,
    RelationLine,
)
from casebook.book.rating_values import AssessmentLine
from casebook.book.setting_facts import full_setting_facts
from casebook.book.source_values import SourceLine
from casebook.book.values import VolumeLine
from casebook.citations import Citation
from casebook.document import DocBlock, Document, Set, fact, item, section, table_blocks
from casebook.rating_signs import SEALED_SENTENCE
from casebook.source_words import told_of
from casebook.text import Block, PassageLine, Text
from casebook.text_builder import TextBuilder
from casebook.told_words import add_told


def whole_page(page: Page, *, for_lecturer: bool = False) -> Document:
    """A page from its title to its sources."""
    told = story(page) + facts(page, for_lecturer=for_lecturer)
    return told + ending(page, for_lecturer=for_lecturer)


def story(page: Page, *, with_edtf: bool = True) -> Document:
    """What is read from top to bottom: title, summary, setting, narrative and exhibits."""
    own = page.of_own_volume
    return card(own, with_edtf=with_edtf) + narrative(own) + exhibits(own)


def ending(page: Page, *, for_lecturer: bool = False, with_edtf: bool = True) -> Document:
    """What follows the story and the facts: what other volumes add, and the sources of all."""
    return additions(page, with_edtf=with_edtf) + references(page, for_lecturer=for_lecturer)


def additions(page: Page, *, with_edtf: bool = True) -> Document:
    """What other volumes add, each below a heading with its title."""
    blocks: list[DocBlock] = []
    every = page.additions
    own = {block.anchor for block in facts(page).blocks} if every else set()
    for volume, added in every:
        words, anchor = Text(added_by_words(volume)), anchors.volume(volume.slug)
        blocks.append(DocBlock(Set.HEADING, words, level=2, anchor=anchor))
        facts_added = _facts(added, for_lecturer=False, with_edtf=with_edtf)
        told = narrative(added) + exhibits(added) + facts_added
        blocks += (
            block._replace(level=block.level + 1, anchor=_in_addition(block.anchor, own))
            if block.set is Set.HEADING
            else block
            for block in told.blocks
        )
    return Document(page.entry.title, tuple(blocks), page.sources)


def _in_addition(anchor: str, own: set[str]) -> str:
    """The anchor of a heading among what is added; none for a section that the page has too."""
    return "" if anchor in own else anchor


def added_by_words(volume: VolumeLine) -> str:
    """What stands above that which another volume adds."""
    return f"Added by {volume.title}"


def card(page: Page, *, with_edtf: bool = True) -> Document:
    """Title, summary and setting.

    Args:
        with_edtf: dates in their notation as well as in words.
    """
    entry = page.entry
    blocks = [DocBlock(Set.TITLE, Text(entry.title), anchor=anchors.TOP)]
    blocks += [_passage(passage) for passage in page.passages if passage.block is Block.SUMMARY]
    if page.is_damaged:
        warning = "This page is not as it was built: the file has been changed or damaged."
        blocks.append(DocBlock(Set.WARNING, Text(warning)))
    if page.is_hidden:
        blocks.append(DocBlock(Set.WARNING, Text(HIDDEN)))
    unnamed = " (the sources give it no name)" if entry.is_unnamed else ""
    blocks.append(fact("Kind", TextBuilder().add(entry.kind.value + unnamed)))
    if entry.aliases:
        also = TextBuilder()
        for number, alias in enumerate(entry.aliases):
            also.add(", " if number else "").add(alias.text)
            note = f": {alias.note}" if alias.note else ""
            also.add(f" ({alias.kind}{note})").cite(alias.citations)
        blocks.append(fact("Also", also))
    for line in full_setting_facts(entry, page.outcome_note, with_edtf=with_edtf):
        if line.words:
            blocks.append(fact(line.name, fact_words(line)))
    return Document(entry.title, tuple(blocks), page.sources)


def narrative(page: Page) -> Document:
    """The narrative, without the summary."""
    told = (passage for passage in page.passages if passage.block is not Block.SUMMARY)
    return Document(page.entry.title, tuple(_passage(passage) for passage in told), page.sources)


def exhibits(page: Page) -> Document:
    """The exhibits, each with its caption, its rows and its note."""
    blocks: list[DocBlock] = []
    for exhibit in page.exhibits:
        caption = TextBuilder().strong(f"{exhibit.name}.").add(f" {exhibit.caption.text}")
        words = caption.cite(exhibit.caption.citations).text()
        blocks.append(DocBlock(Set.PARAGRAPH, words, anchor=anchors.exhibit(exhibit.key)))
        blocks += table_blocks(
            exhibit.columns,
            exhibit.rows,
            [anchors.exhibit_row(exhibit.key, at) for at in range(1, len(exhibit.rows) + 1)],
        )
        if exhibit.note.text:
            note = TextBuilder().add(f"Note: {exhibit.note.text}").cite(exhibit.note.citations)
            anchor = anchors.exhibit_note(exhibit.key)
            blocks.append(DocBlock(Set.PARAGRAPH, note.text(), anchor=anchor))
    shown: list[DocBlock] = []
    section(shown, "Exhibits", blocks)
    return Document(page.entry.title, tuple(shown), page.sources)


_SETS = {
    Block.SUMMARY: Set.PARAGRAPH,
    Block.PARAGRAPH: Set.PARAGRAPH,
    Block.HEADING: Set.HEADING,
    Block.BULLET: Set.ITEM,
    Block.NUMBERED: Set.ITEM,
    Block.QUOTE: Set.QUOTE,
    Block.CODE: Set.CODE,
}


def _passage(passage: PassageLine) -> DocBlock:
    lead = f"{passage.number}." if passage.block is Block.NUMBERED else "\N{BULLET}"
    return DocBlock(
        _SETS[passage.block],
        passage.text,
        lead=lead if _SETS[passage.block] is Set.ITEM else "",
        level=passage.level,
        anchor=anchors.passage(passage.position),
    )


def facts(page: Page, *, for_lecturer: bool = False, with_edtf: bool = True) -> Document:
    """What the book knows beside the narrative, section by section."""
    return _facts(page.of_own_volume, for_lecturer=for_lecturer, with_edtf=with_edtf)


def _facts(page: Page, *, for_lecturer: bool, with_edtf: bool) -> Document:
    own = page.entry.slug
    blocks: list[DocBlock] = []
    for framework in dict.fromkeys(line.framework_title for line in page.assessments):
        held = [line for line in page.assessments if line.framework_title == framework]
        section(blocks, framework, [_assessment(line) for line in held])
    if page.has_sealed_ratings:
        section(blocks, "Ratings", [DocBlock(Set.PARAGRAPH, Text(SEALED_SENTENCE))])
    section(blocks, "Events", [_event(line, own, with_edtf=with_edtf) for line in page.events])
    accounts = [_account(*added) for added in page.added_accounts]
    accounts += [_amount(*added) for added in page.added_amounts]
    accounts += [item(added_rating_words(*added)) for added in page.added_ratings]
    accounts += [item(added_outcome_words(added)) for added in page.added_outcomes]
    section(blocks, "Accounts", accounts)
    section(blocks, "Relations", [_relation(line) for line in page.relations])
    section(blocks, "People", [_person(line) for line in page.people])
    section(blocks, "Figures", [_figure(line) for line in page.figures])
    questions = [
        DocBlock(
            Set.ITEM,
            Text(question.text),
            f"{question.number + 1}.",
            1,
            anchors.question(question.number),
        )
        for question in page.questions
    ]
    section(blocks, "Questions (the book's own)", questions)
    if for_lecturer:
        section(blocks, "Teaching notes (the book's own)", _teaching(page))
    return Document(page.entry.title, tuple(blocks), sources_for(page, for_lecturer=for_lecturer))


def sources_for(page: Page, *, for_lecturer: bool) -> dict[str, SourceLine]:
    """The sources that a page cites, for a lecturer with those of its teaching note."""
    return page.sources | page.teaching_sources if for_lecturer else page.sources


def _teaching(page: Page) -> list[DocBlock]:
    """What is for lecturers alone: the teaching note part by part, then advice in short."""
    blocks: list[DocBlock] = []
    note = page.teaching
    if note is not None:
        together = teaching_words.taught_with(note)
        if together:
            blocks.append(DocBlock(Set.PARAGRAPH, together, anchor=anchors.teaching("with")))
        if note.synopsis.text:
            words = teaching_words.cited_text(note.synopsis)
            blocks.append(DocBlock(Set.PARAGRAPH, words, anchor=anchors.teaching("synopsis")))
        for name, about in (("Audience", note.audience), ("Course", note.course)):
            if about.text:
                blocks.append(fact(name, TextBuilder().add(about.text).cite(about.citations)))
        _part_of_teaching(
            blocks,
            "Objectives",
            [
                DocBlock(Set.ITEM, Text(objective), f"{n}.", 1, anchors.teaching("objective", n))
                for n, objective in enumerate(note.objectives, 1)
            ],
        )
        _part_of_teaching(
            blocks,
            teaching_words.board_plan_title(note),
            table_blocks(
                teaching_words.BOARD_PLAN_COLUMNS,
                teaching_words.board_plan_rows(note.board_plan),
                [anchors.teaching("step", n) for n in range(1, len(note.board_plan) + 1)],
            ),
        )
        answers: list[DocBlock] = []
        for answer in sorted(note.answers):
            anchor = anchors.teaching("answer", answer.question + 1)
            answers.append(DocBlock(Set.PARAGRAPH, teaching_words.asked(answer)))
            words = teaching_words.cited_text(answer.answer)
            answers.append(DocBlock(Set.PARAGRAPH, words, anchor=anchor))
            if answer.points:
                ratings = Text(teaching_words.points_words(answer.points))
                answers.append(DocBlock(Set.FACT, ratings, lead="Ratings"))
        _part_of_teaching(blocks, "Answers", answers)
        unknown = [
            item(TextBuilder().add(gap.text).cite(gap.citations), anchors.teaching("unknown", n))
            for n, gap in enumerate(note.not_known, 1)
        ]
        _part_of_teaching(blocks, "Not known", unknown)
    short = [
        item(TextBuilder().add(advice), anchors.teaching_note(n))
        for n, advice in enumerate(page.teaching_notes)
    ]
    return blocks + short


def _part_of_teaching(blocks: list[DocBlock], title: str, items: Sequence[DocBlock]) -> None:
    if items:
        blocks.append(DocBlock(Set.HEADING, Text(title), level=3))
        blocks.extend(items)


def references(page: Page, *, for_lecturer: bool = False) -> Document:
    """The sources that the page cites."""
    blocks: list[DocBlock] = []
    items = []
    for source in sources_for(page, for_lecturer=for_lecturer).values():
        builder = TextBuilder().strong(source.label).add(f": {source.reference}")
        builder.add("".join(f" {words}" for words in (source.note, told_of(source)) if words))
        items.append(item(builder.cite([Citation(source.slug)]), anchors.source(source.slug)))
    section(blocks, "Sources", items)
    return Document(page.entry.title, tuple(blocks), page.sources)


def _assessment(line: AssessmentLine) -> DocBlock:
    return item(rating_words(line), anchors.criterion(line.framework, line.key))


def _event(line: EventLine, own: str, *, with_edtf: bool) -> DocBlock:
    return item(event_words(line, own, with_edtf=with_edtf), event_anchor(line))


def _account(event: EventLine, account: AccountLine) -> DocBlock:
    """What a volume says of an event of another."""
    builder = TextBuilder().add(f"{event.short}: ")
    add_account(builder, event, account)
    return item(builder)


def _amount(figure: FigureLine, account: AmountLine) -> DocBlock:
    builder = TextBuilder().add(f"{figure.measures}: ").strong(amount_words(figure, account))
    return item(builder.cite(account.citations))


def event_anchor(line: EventLine) -> str:
    """By which an event is found on the pages it stands on."""
    return anchors.event(line.entry.slug, line.key)


def event_words(line: EventLine, own: str = "", *, with_edtf: bool = True) -> TextBuilder:
    """An event in a paragraph: date, place, what happened, to whom, on whose word, what is told.

    Args:
        own: the entry whose page it stands on, which need not be named.
        with_edtf: its date in that notation as well as in words.
    """
    builder = add_when(TextBuilder(), line).add(": ")
    if line.entry.slug != own:
        builder.entry(line.entry).add(": ")
    builder.add(line.label).cite(line.citations)
    others = [participant for participant in line.participants if participant.entry.slug != own]
    for number, participant in enumerate(others):
        builder.add("; with " if number == 0 else ", ").entry(participant.entry)
        builder.add(f" as {participant.role}" if participant.role else "")
    builder.add(f". EDTF {line.edtf}" if with_edtf and line.edtf != line.date_text else "")
    builder.add(f", {OVER_ALL}" if with_edtf and line.dated_accounts else "")
    builder.add(f"; inferred: {line.inferred_from}" if line.inferred else "")
    add_told(builder, line)
    return builder


def _relation(line: RelationLine) -> DocBlock:
    builder = TextBuilder().add(f"{line.role} ").entry(line.other)
    builder.add(f" as {line.as_role}" if line.as_role else "")
    builder.add(f": {line.note}" if line.note else "").cite(line.citations)
    return item(builder)


def _person(line: PersonLine) -> DocBlock:
    builder = TextBuilder().strong(line.name).add(f", {line.role}")
    builder.add(f": {line.note}" if line.note else "").cite(line.citations)
    return item(builder, anchors.person(line.name))


def _figure(line: FigureLine) -> DocBlock:
    builder = add_amounts(TextBuilder(), line)
    builder.add(f": {line.measures}").cite(line.citations)
    inferred = f"inferred: {line.inferred_from}" if line.inferred_from else ""
    about = "; ".join(filter(None, (line.year, inferred, line.survey, line.kind.value)))
    builder.add(f" ({about}).")
    builder.add(f" Not to be confused: {line.not_to_confuse}" if line.not_to_confuse else "")
    return item(builder, anchors.figure(line.slug))
