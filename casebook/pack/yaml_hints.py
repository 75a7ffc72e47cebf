"""What an author probably meant where YAML reads something else, and how to write it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml

_HEAD = re.compile(r"(?P<head>\s*(?:-\s+)*(?:[a-z_]+:\s+)?)(?P<value>\S.*)")
"""A line of a pack: list signs, a key of small letters, and what stands behind them."""

_KEY = re.compile(r"(?P<indent> *)(?:- +)?[\w-]+:(?: |$)")
_ODD_BLANK = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_ODD_BLANKS = re.compile(
    rf"^ *(?P<before>[{_ODD_BLANK}])[ {_ODD_BLANK}]*(?:[\w-]+:|-)(?:[\s{_ODD_BLANK}]|$)"
    rf"|^ *(?:- +)?[\w-]+:(?P<behind>[{_ODD_BLANK}])"
    rf"|^ *-(?P<item>[{_ODD_BLANK}])",
    re.MULTILINE,
)
LONGEST_PROPOSAL = 100
"""Characters of a line that is proposed; a longer one is shortened."""


class CommentError(yaml.MarkedYAMLError):
    """Words that YAML would take for a comment, and leave out; `problem` says what to do."""


class Loader(yaml.SafeLoader):
    """YAML's scanner, but a comment must look like one, so that no text is lost as one.

    Behind a value, a comment has two blanks before its `#` and one behind it. A line of its
    own is a comment wherever it stands, but for `#words` within an unquoted text.
    """

    _end_of_plain = -1

    def scan_plain(self) -> Any:
        token = super().scan_plain()
        self._end_of_plain = token.end_mark.index
        return token

    def scan_to_next_token(self) -> None:
        """Skips blanks, line breaks and comments.

        Raises:
            CommentError: what would be skipped is probably no comment.
        """
        if self.index == 0 and self.peek() == "\ufeff":
            self.forward()
        while True:
            while self.peek() == " ":
                self.forward()
            if self.peek() == "#":
                self._comment()
            if not self.scan_line_break():  # type: ignore[no-untyped-call]
                return
            if not self.flow_level:
                self.allow_simple_key = True

    def _comment(self) -> None:
        mark = self.get_mark()
        at, text = self.pointer, self.buffer
        end = next((n for n in range(at, len(text)) if text[n] in "\0\r\n\x85\u2028\u2029"), at)
        line = text[at - self.column : end]
        before, words = line[: self.column], text[at:end]
        alone = not before.strip()
        spaced = words[1:2] in ("", " ", "\t", "#")
        if alone:
            between = text[at - (self.index - self._end_of_plain) : at]
            lost = (
                not spaced
                and not self.flow_level
                and self._end_of_plain >= 0
                and not between.strip()
                and self.column > max(self.indent, 0)
            )
        else:
            lost = not spaced or not before.endswith(("  ", "\t"))
        if lost:
            shown = words if len(words) <= 40 else f"{words[:40]}\N{HORIZONTAL ELLIPSIS}"
            mend = "; put the whole text in quotes" if alone else in_quotes(line)
            raise CommentError(problem=f"'{shown}' is a comment here, and would be lost{mend}",
                               problem_mark=mark)  # fmt: skip
        self.forward(len(words))


def odd_blank(text: str) -> tuple[int, str] | None:
    """Where a blank stands that YAML does not take for one, and which it is."""
    match = _ODD_BLANKS.search(text)
    if match is None:
        return None
    name = next(name for name, found in match.groupdict().items() if found)
    return match.start(name), f"U+{ord(match[name]):04X}"


def quoted(words: str) -> str:
    """Words as a quoted scalar."""
    if '"' in words or "\\" in words:
        return "'" + words.replace("'", "''") + "'"
    return f'"{words}"'


def in_quotes(line: str, what: str = "the value") -> str:
    """`; put the value in quotes: title: "Case #2"`."""
    match = _HEAD.fullmatch(line.rstrip())
    value = match["value"] if match else ""
    if match is None or value.startswith("{") or (match["head"].strip() == "" and ": " not in line):
        return f"; put {what} in quotes"
    proposal = f"{match['head'].strip()} {quoted(_unquoted(value))}".strip()
    if len(proposal) > LONGEST_PROPOSAL:
        proposal = f"{proposal[:LONGEST_PROPOSAL]}\N{HORIZONTAL ELLIPSIS}"
    return f"; put {what} in quotes: {proposal}"


def _unquoted(value: str) -> str:
    """The words of a value that is quoted, but wrongly: `"Case" #2`, `'it's'`."""
    if match := re.fullmatch(r"\"([^\"]*)\"(\s+#.*)", value):
        return match[1] + match[2]
    if len(value) > 2 and value[0] == value[-1] and (value[0] == "'" or value.count('"') > 3):
        return value[1:-1]
    return value[1:-1] if re.fullmatch(r"\"[^\"]*\\[^\"]*\"", value) else value


def hint(error: yaml.MarkedYAMLError, lines: Sequence[str], first_line: int) -> str:
    """What to do about an error of the parser, beginning with `; `, or nothing.

    Args:
        lines: of the text that was parsed.
        first_line: the line of the file on which the text begins.
    """
    trouble = error.problem or ""
    mark = error.problem_mark or error.context_mark
    at = min(mark.line, len(lines) - 1) if mark else 0
    line = lines[at]
    begin = error.context_mark.line if error.context_mark else at
    if "\t" in line[: len(line) - len(line.lstrip())] or trouble.startswith(
        "found character '\\t'"
    ):
        return "; indent with spaces, not with tabs"
    if trouble == "found unexpected end of stream":
        return f"; the quote that is opened on line {begin + first_line} is not closed"
    if trouble.startswith("expected ',' or"):
        if any(" #" in above for above in lines[begin : at + 1]):
            return "; ' #' begins a comment: put the text that holds it in quotes"
        if "<stream end>" in trouble or at > begin:
            return f"; the bracket that is opened on line {begin + first_line} is not closed"
        return "; within { and }, put text that holds [ ] { } ? or a comma in quotes"
    if wrong := _indentation(lines, at, first_line, mark.column if mark else 0):
        return wrong
    if trouble.startswith("could not find expected ':'"):
        return _no_key(lines, begin, at, first_line)
    if trouble.startswith("mapping values are not allowed here"):
        return in_quotes(line, "text that holds ': '")
    if trouble.startswith(_BLOCK_SCALAR):
        return "; nothing may follow > or |: begin the text on the next line"
    if trouble.startswith(_MENDED_BY_QUOTES):
        return in_quotes(line)
    return ""


_BLOCK_SCALAR = (
    "expected a comment or a line break",
    "expected chomping or indentation indicators",
)
_MENDED_BY_QUOTES = (
    "expected <block end>, but found '<scalar>'",
    "expected <block end>, but found '['",
    "found character '@'",
    "found character '`'",
    "found character '%'",
    "expected alphabetic or numeric character",
    "found undefined tag handle",
    "found unknown escape character",
    "expected escape sequence",
    "expected ' ', but found",
)


def _indentation(lines: Sequence[str], at: int, first_line: int, column: int) -> str:
    """A hint for a key that stands no deeper and no less deep than others, but askew."""
    own = _KEY.match(lines[at])
    if own is None or column > own.end():
        return ""
    depth = len(own["indent"])
    for above in range(at - 1, -1, -1):
        before = _KEY.match(lines[above])
        if before is None:
            continue
        items = [lines[n].lstrip().startswith("- ") for n in (above, at)]
        begins = len(before["indent"]) + (2 if items == [True, False] else 0)
        if begins == depth or items == [False, True]:
            return ""
        return (
            f"; line {above + first_line} is indented by {begins}, this by {depth}: give keys that"
            " stand side by side the same number of spaces"
        )
    return ""


def _no_key(lines: Sequence[str], begin: int, at: int, first_line: int) -> str:
    """A hint for a line that holds neither a key nor an item."""
    if any(" #" in above for above in lines[max(begin - 1, 0) : at + 1]):
        return "; ' #' begins a comment: put the text that holds it in quotes"
    line = lines[begin].strip()
    if len(line) > 40:
        line = f"{line[:40]}\N{HORIZONTAL ELLIPSIS}"
    return (
        f"; line {begin + first_line}, '{line}', has no 'key: '; if it goes on from the line above,"
        " indent it deeper"
    )
