"""A paper as Markdown (CommonMark, with the tables and the footnotes of GitHub)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from casebook.document import Set
from casebook.exports.paper import Drawing, PageBreak, Paper, PaperBlock, PaperRun, PaperTable

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&])")
_LINE_START = re.compile(r"^(\s*)(\d*)([-+=.)])(?=\s|$|=|-)", re.MULTILINE)


def markdown(paper: Paper) -> str:
    """The paper; nothing in its words is markup."""
    return "\n".join(_lines(paper)).rstrip() + "\n"


def _lines(paper: Paper) -> Iterator[str]:
    before: object = None
    for part in paper.parts:
        if before is None and isinstance(part, PageBreak):
            continue
        if not (_is_item(part) and _is_item(before)) and before is not None:
            yield ""
        match part:
            case PaperTable():
                yield from _table(part)
            case PaperBlock():
                yield _block(part)
            case Drawing():
                yield f"*{escaped(part.words)}*"
            case PageBreak():
                yield "---"
        before = part
    for note in paper.footnotes:
        yield ""
        yield f"[^{note.number}]: {_one_line(set_runs(note.runs))}"


def _is_item(part: object) -> bool:
    return isinstance(part, PaperBlock) and part.set in (Set.ITEM, Set.FACT)


def _block(block: PaperBlock) -> str:
    words = set_runs(block.runs)
    match block.set:
        case Set.TITLE:
            return f"# {_one_line(words)}"
        case Set.HEADING:
            return f"{'#' * min(max(block.level, 2), 6)} {_one_line(words)}"
        case Set.FACT:
            return f"- **{escaped(block.lead)}:** {_one_line(words)}"
        case Set.ITEM:
            sign = block.lead if block.lead[:1].isdigit() else "-"
            return f"{'  ' * (block.level - 1)}{sign} {_one_line(words)}"
        case Set.QUOTE:
            return "\n".join(f"> {line}" for line in words.split("\n"))
        case Set.CODE:
            return "\n".join(f"    {line}" for line in block.plain.split("\n"))
        case Set.WARNING:
            return f"**{words}**"
        case _:
            return _LINE_START.sub(r"\1\2\\\3", words).replace("\n", "\\\n")


def _one_line(words: str) -> str:
    return " ".join(words.split())


def set_runs(runs: Iterable[PaperRun]) -> str:
    """Runs as Markdown."""
    return "".join(_run(run) for run in runs)


def _run(run: PaperRun) -> str:
    if run.footnote is not None:
        return f"[^{run.footnote.number}]"
    core = run.words.strip()
    if not core:
        return run.words
    start = run.words.index(core[0])
    lead, tail = run.words[:start], run.words[start + len(core) :]
    if run.code:
        fence = "`" * (max((len(fence) for fence in re.findall("`+", core)), default=0) + 1)
        words = f"{fence} {core} {fence}" if "`" in core else f"`{core}`"
    else:
        words = escaped(core)
    if run.emphasis:
        words = f"*{words}*"
    if run.strong:
        words = f"**{words}**"
    if run.link.startswith("http"):
        words = f"[{words}](<{run.link.replace('>', '%3E').replace('<', '%3C')}>)"
    return f"{lead}{words}{tail}"


def escaped(words: str) -> str:
    """Words in which no character is markup."""
    return _SPECIAL.sub(r"\\\1", words)


def _table(table: PaperTable) -> Iterator[str]:
    if table.caption:
        yield from (_one_line(set_runs(table.caption)), "")
    yield _row(set_runs(cell.runs) for cell in table.heads)
    yield _row("---" for _ in table.heads)
    for row in table.rows:
        yield _row(set_runs(cell.runs) for cell in row)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(_one_line(cell) for cell in cells)} |"
