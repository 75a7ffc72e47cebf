"""Texts that command a terminal, name a path, or are more than a program expects."""

from __future__ import annotations

from random import Random

from benchmarks.hostile_strings import STRINGS

COMMANDS = STRINGS
"""The four strings that other programs are tried with, too."""

CONTROLS = (
    *COMMANDS.values(),
    "\x1b[2J\x1b[31mred",
    "a\x00b",
    "a\rb\x08\x7f",
    "\u2066isolate\u2069",
    "line\u2028line",
    "tab\tand\nline",
)
PATHS = ("../../../escaped", "/escaped", "..", ".", "", "a/b", "a\nb", "con", "-o", "x" * 300)
MARKUP = (
    "[@click=app.quit]quit[/]",
    "[/b]",
    "<script>alert(1)</script>",
    "=1+1",
    "x;=1+1",
    "](file:///etc/passwd)",
    "\\input{/etc/passwd}",
    "BEGIN:VEVENT",
)
FLOODS = (
    "e" + "\u0301" * 5000,
    "\u0903" * 5000,
    "\u0600" * 5000,
    "\u200d" * 5000,
    "\U0001f3fb" * 3000,
    "word" * 20_000,
    "a b " * 20_000,
    "[" * 5000,
    "日本" * 20_000,
)
JSON = (
    "[]",
    "{}",
    "null",
    "1e999",
    '"\\u001b]0;x\\u0007"',
    '[[0,4,"link","\\u001b]52;c;aG9zdGlsZQ==\\u0007"]]',
    '[[0,4,"link","javascript:alert(1)"]]',
    '[[0,4,"link","entry:\\u001b[31m"]]',
    '[[0,999999,"em",""],[-5,2,"strong",""],[3,1,"code",""]]',
    '[[0,0,"cite","999"],[0,0,"cite","-1"],[0,0,"cite","x"]]',
    '[[0,4,"nothing",""],["a","b","c","d"],[0],0,null]',
    '[[0,4,"em",{"a":[]}]]',
    "[" * 2000 + "]" * 2000,
    '{"id":"m","type":"book","title":"\\u001b]0;hostile\\u0007\\u009b31m\\u202e"}',
    '{"type":"\\ud800","title":["x"],"author":"me","issued":{"date-parts":[["x"]]}}',
    '{"author":[{"family":{"x":1},"given":7},3],"issued":5,"custom":[],"title":null}',
    '{"issued":{"date-parts":[[99999999999999999999,77,-4]]},"title":"x"}',
    "{bad",
)
NOT_UTF8 = (b"\xff\xfe\xfd", b"caf\xe9", b"\xed\xa0\x80", b"\xc2", b"\x9b31m")

Value = str | bytes | int | float | None


def hostile_text(random: Random) -> str:
    """One hostile text, mostly of those that are short."""
    kind = random.choices((CONTROLS, PATHS, MARKUP, JSON, FLOODS), (10, 4, 4, 4, 1))[0]
    return random.choice(kind)


def hostile_value(random: Random) -> Value:
    """A value for a column of any type."""
    return random.choice(
        (
            hostile_text(random),
            hostile_text(random),
            random.choice(NOT_UTF8),
            None,
            random.choice((0, -1, 1, 7, 2**31, 2**62, -(2**63), 999_999)),
            random.choice((0.5, 1e308, -0.0)),
            random.randbytes(random.randint(0, 40)),
        )
    )


def word(random: Random, length: int = 8) -> str:
    """A made-up word."""
    return "".join(random.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(length))
