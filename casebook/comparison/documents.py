"""Documents of a comparison: a criterion with all cases, a case with all criteria, the findings,
and a reader's ratings beside the book's.

The same blocks are drawn by the app, printed by the command and written by the exports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casebook import anchors
from casebook.account_words import add_readings, fact_words, in_addition_words
from casebook.book.page_values import CriterionLine
from casebook.book.setting_facts import setting_facts
from casebook.book.values import EntryLine, EntryRef
from casebook.comparison.cells import MatrixCell, MatrixRow
from casebook.comparison.matrix import Advantage, Comparison, SharedCriterion, Standing
from casebook.comparison.prediction import JudgedCell, Judgement
from casebook.document import DocBlock, Document, Set
from casebook.rating_signs import SEALED_SENTENCE, SILENCE_MEANING, rating_legend, signed_rating
from casebook.text import Text
from casebook.text_builder import TextBuilder

SILENT_SENTENCE = "The sources say nothing."
NOT_COUNTED = "Sources disagree; this is not counted."


def criterion_name(criterion: CriterionLine) -> str:
    """The key and the title of a criterion: `a Vision and strategy`."""
    return f"{criterion.key} {criterion.title}"


def evidence_document(comparison: Comparison) -> Document:
    """The evidence, criterion by criterion, with the cases named on which sources are silent."""
    blocks: list[DocBlock] = []
    for row in comparison.rows:
        blocks.append(
            _heading(
                criterion_name(row.criterion), anchors.compared_criterion(row.criterion.key), 3
            )
        )
        said = [
            _case_item(entry, cell)
            for entry, cell in zip(comparison.entries, row.cells, strict=True)
            if cell.is_told
        ]
        silent = [
            entry.title
            for entry, cell in zip(comparison.entries, row.cells, strict=True)
            if cell.is_silent
        ]
        sealed = [
            entry.title
            for entry, cell in zip(comparison.entries, row.cells, strict=True)
            if cell.is_sealed
        ]
        blocks += said
        for what, titles in (("Silent on", silent), (f"{SEALED_SENTENCE[:-1]}:", sealed)):
            if titles:
                names = "all" if len(titles) == len(row.cells) else listed(titles)
                blocks.append(_item(TextBuilder().add(f"{what} {names}")))
    return Document(comparison.framework.title, tuple(blocks), comparison.sources)


def criterion_document(comparison: Comparison, key: str) -> Document:
    """A criterion with the assessment of every case.

    Args:
        key: of a criterion of the framework, whether it is shown or not.
    """
    row = next(row for row in comparison.every_row if row.criterion.key == key)
    criterion = row.criterion
    words = TextBuilder().add(criterion.text).cite(criterion.citations).text()
    blocks = [
        DocBlock(Set.TITLE, Text(criterion_name(criterion)), anchor="top"),
        DocBlock(Set.PARAGRAPH, words),
        DocBlock(Set.FACT, Text(row.counts.said), lead="Ratings"),
    ]
    for entry, cell in zip(comparison.entries, row.cells, strict=True):
        blocks.append(_heading(entry.title, anchors.compared_case(entry.slug), 2))
        blocks.append(_cell_block(cell))
    return Document(criterion_name(criterion), tuple(blocks), comparison.sources)


def case_document(comparison: Comparison, slug: str) -> Document:
    """A case with its assessment by every criterion that is shown.

    Args:
        slug: of one of the compared cases.
    """
    entry = next(entry for entry in comparison.entries if entry.slug == slug)
    name = TextBuilder().entry(EntryRef(entry.slug, entry.kind, entry.title)).text()
    blocks = [
        DocBlock(Set.TITLE, Text(entry.title), anchor="top"),
        DocBlock(Set.FACT, name, lead="Page"),
        *setting_blocks(entry),
        DocBlock(Set.FACT, Text(comparison.counts_of(slug).said), lead="Ratings"),
    ]
    for row, cell in zip(comparison.rows, comparison.column(slug), strict=True):
        anchor = anchors.compared_criterion(row.criterion.key)
        blocks.append(_heading(criterion_name(row.criterion), anchor, 2 + row.criterion.depth))
        blocks.append(_cell_block(cell))
    return Document(entry.title, tuple(blocks), comparison.sources)


def cell_words(cell: MatrixCell, builder: TextBuilder | None = None) -> TextBuilder:
    """The rating of a cell with its sign, its evidence and its citations.

    Args:
        builder: what they are added to; a new one if none is given.

    Returns:
        the builder.
    """
    words = builder or TextBuilder()
    if cell.accounts:
        return add_readings(words, cell.accounts, with_signs=True).add(f". {NOT_COUNTED}")
    words.strong(cell.mark).add(". ")
    if unsaid := unsaid_words(cell):
        return words.add(unsaid)
    return words.add(cell.evidence).cite(cell.citations).add(in_addition_words(cell.added_by))


def legend_of(comparison: Comparison) -> str:
    """The signs that a matrix may have, on one line."""
    return rating_legend(with_sealed=bool(comparison.counts.sealed))


def unsaid_words(cell: MatrixCell) -> str:
    """Why a cell has no evidence; empty for one that has."""
    if cell.is_sealed:
        return SEALED_SENTENCE
    return SILENT_SENTENCE if cell.is_silent else ""


def setting_blocks(entry: EntryLine) -> list[DocBlock]:
    """The lines of a setting, each with its citations."""
    return [
        DocBlock(
            Set.FACT,
            fact_words(fact).text(),
            lead=fact.name,
        )
        for fact in setting_facts(entry)
        if fact.words
    ]


def findings_document(comparison: Comparison) -> Document:
    """What follows from the whole matrix: differences, what the successes share, gaps."""
    blocks = [
        DocBlock(Set.TITLE, Text(comparison.framework.title), anchor="top"),
        DocBlock(
            Set.PARAGRAPH,
            TextBuilder()
            .add(comparison.framework.description)
            .cite(comparison.framework.citations)
            .text(),
        ),
        DocBlock(Set.FACT, Text(comparison.counts.said), lead="Cells"),
    ]
    if comparison.counts.silent:
        blocks.append(DocBlock(Set.PARAGRAPH, Text(SILENCE_MEANING)))
    _section(blocks, "Known to differ", [_difference(comparison, r) for r in comparison.differing])
    shared = [_shared(shared) for shared in comparison.shared()]
    _section(blocks, "Met by the successes, as far as is known", shared)
    if len(comparison.entries) == 2:
        first, second = comparison.entries
        for has, lacks in ((first, second), (second, first)):
            items = [
                _advantage(advantage) for advantage in comparison.advantages(has.slug, lacks.slug)
            ]
            _section(blocks, f"Met by {has.title}, not or not surely by {lacks.title}", items)
    for title, is_sealed in (
        ("Cannot be compared: fewer than two are rated", False),
        ("Cannot be compared before it is revealed", True),
    ):
        rows = [
            _item(TextBuilder().add(f"{criterion_name(row.criterion)}: {row.counts.said}"))
            for row in comparison.incomparable
            if bool(row.counts.sealed) is is_sealed
        ]
        _section(blocks, title, rows)
    return Document(comparison.framework.title, tuple(blocks), comparison.sources)


def _difference(comparison: Comparison, row: MatrixRow) -> DocBlock:
    ratings: dict[str, list[str]] = {}
    for entry, cell in zip(comparison.entries, row.cells, strict=True):
        if cell.is_told:
            ratings.setdefault(cell.rating.value, []).append(entry.title)
    builder = TextBuilder().add(f"{criterion_name(row.criterion)} \N{EN DASH} ")
    parts = [f"{rating}: {listed(titles)}" for rating, titles in ratings.items()]
    counts = (
        (row.counts.silent, "silent"),
        (row.counts.sealed, "sealed"),
    )
    unsaid = ", ".join(f"{count} {word}" for count, word in counts if count)
    return _item(builder.add("; ".join(parts) + (f" ({unsaid})" if unsaid else "")))


def _shared(shared: SharedCriterion) -> DocBlock:
    return _item(TextBuilder().add(f"{criterion_name(shared.criterion)}: {shared.counts.said}"))


def _advantage(advantage: Advantage) -> DocBlock:
    how = {
        Standing.LACKS: "the other does not meet it",
        Standing.LESS: "the other meets it partly",
        Standing.UNSAID: "the sources are silent on the other",
        Standing.CONTESTED: "the sources disagree on the other",
    }
    return _item(
        TextBuilder().add(f"{criterion_name(advantage.criterion)}: {how[advantage.standing]}")
    )


def listed(names: Sequence[str]) -> str:
    """Names as a list in words: `Nosaku, Renown and Uniqlo`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def judgement_document(comparison: Comparison, judgement: Judgement) -> Document:
    """How far the reader and the book agree, then cell by cell, the differences first.

    Args:
        comparison: the one that was judged; it has the titles and the sources.
    """
    blocks = [
        DocBlock(Set.TITLE, Text("Your ratings and the book's"), anchor="top"),
        DocBlock(Set.FACT, Text(judgement.overall.said_in_full), lead="All"),
    ]
    if judgement.where_told.cells != judgement.overall.cells:
        told = f"{judgement.where_told.said_in_full}, where the sources say something"
        blocks.append(DocBlock(Set.FACT, Text(told), lead="Not silent"))
    if judgement.contested:
        count = len(judgement.contested)
        words = f"{count} {'cell' if count == 1 else 'cells'}: sources disagree; not counted"
        blocks.append(DocBlock(Set.FACT, Text(words), lead="Contested"))
    if judgement.sealed:
        words = f"{judgement.sealed} of the book's ratings of what you rated"
        blocks.append(DocBlock(Set.FACT, Text(words), lead="Sealed"))
    blocks.append(
        DocBlock(
            Set.PARAGRAPH,
            Text(
                "Cohen's kappa is 1 where all ratings agree and 0 where they agree no more often"
                " than by chance; with few cells it says little."
            ),
        )
    )
    for title, judged_cells in (
        ("Rated differently", judgement.differing),
        ("Rated the same", judgement.agreeing),
        ("Contested", judgement.contested),
    ):
        if judged_cells:
            blocks.append(
                DocBlock(Set.HEADING, Text(title), level=2, anchor=anchors.section(title))
            )
            blocks += [_judged_item(comparison, judged) for judged in judged_cells]
    return Document("Your ratings and the book's", tuple(blocks), comparison.sources)


def _judged_item(comparison: Comparison, judged: JudgedCell) -> DocBlock:
    entry = next(entry for entry in comparison.entries if entry.slug == judged.cell.entry)
    criterion = comparison.framework.criterion(judged.answer.criterion)
    point = criterion_name(criterion) if criterion else judged.answer.criterion
    builder = TextBuilder().strong(f"{entry.title}, {point}: ")
    if judged.agrees:
        builder.add(f"both {judged.cell.mark}.")
    else:
        own, of_book = signed_rating(judged.answer.rating), judged.cell.mark
        builder.add(f"you {own}, the book {of_book}.")
    reason = judged.answer.reason
    builder.add(f"\nYou: {reason}\nThe book: " if reason else " ")
    if unsaid := unsaid_words(judged.cell):
        builder.add(unsaid)
    elif judged.cell.accounts:
        add_readings(builder, judged.cell.accounts)
    else:
        builder.add(judged.cell.evidence).cite(judged.cell.citations)
    return DocBlock(Set.ITEM, builder.text(), lead="\N{BULLET}", level=1)


def _section(blocks: list[DocBlock], title: str, items: Iterable[DocBlock]) -> None:
    found = list(items)
    if found:
        blocks.append(_heading(title, "", 2))
        blocks += found


def _heading(words: str, anchor: str, level: int) -> DocBlock:
    return DocBlock(Set.HEADING, Text(words), level=level, anchor=anchor)


def _item(builder: TextBuilder) -> DocBlock:
    return DocBlock(Set.ITEM, builder.text(), lead="\N{BULLET}", level=1)


def _case_item(entry: EntryLine, cell: MatrixCell) -> DocBlock:
    builder = TextBuilder().add(f"{entry.title}: ")
    if cell.accounts:
        return _item(add_readings(builder, cell.accounts).add(f". {NOT_COUNTED}"))
    builder.strong(cell.rating.value)
    builder.add(f". {cell.evidence}").cite(cell.citations)
    return _item(builder.add(in_addition_words(cell.added_by)))


def _cell_block(cell: MatrixCell) -> DocBlock:
    return DocBlock(Set.PARAGRAPH, cell_words(cell).text())
