"""The narrative: Markdown in, passages out, and back again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.citations import Citation
from casebook.pack.markdown import LONGEST_BODY, read_markdown
from casebook.pack.markdown_writer import markdown
from casebook.pack.problems import Problems, Spot
from casebook.safe_text import made_safe
from casebook.text import Block, Mark, MarkKind, PassageLine, Text


def read(text: str) -> tuple[list[PassageLine], list[str]]:
    problems = Problems()
    written = read_markdown(text, Spot("f.md", 10), problems)
    return [one.passage for one in written], [str(problem) for problem in problems.in_order()]


def test_words_and_marks_stand_apart() -> None:
    passages, problems = read(
        "The *farmers* of [Asiro](../regions/asiro.md) **chose** `it` [@m, para. 1]. Then\nmore."
    )
    assert problems == []
    text = passages[0].text
    assert text.plain == "The farmers of Asiro chose it. Then more."
    assert text.marks == (
        Mark(4, 11, MarkKind.EMPHASIS),
        Mark(15, 20, MarkKind.LINK, "entry:asiro"),
        Mark(21, 26, MarkKind.STRONG),
        Mark(27, 29, MarkKind.CODE),
        Mark(29, 29, MarkKind.CITE, "0"),
    )
    assert text.citations == (Citation("m", "para. 1"),)


def test_blocks() -> None:
    passages, problems = read(
        "## Title\n\n- one\n- two\n  1. deep\n  2. deeper\n\n3. three\n\n> said\n\n```\ncode\n  x\n```\n"
    )
    assert problems == []
    assert [(p.block, p.level, p.number, p.text.plain) for p in passages] == [
        (Block.HEADING, 2, 0, "Title"),
        (Block.BULLET, 1, 0, "one"),
        (Block.BULLET, 1, 0, "two"),
        (Block.NUMBERED, 2, 1, "deep"),
        (Block.NUMBERED, 2, 2, "deeper"),
        (Block.NUMBERED, 1, 3, "three"),
        (Block.QUOTE, 0, 0, "said"),
        (Block.CODE, 0, 0, "code\n  x"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n\n<div>x</div>\n", 12, "HTML"),
        ("a\nb <b>c</b>\n", 11, "HTML"),
        ("![x](y.png)\n", 10, "picture"),
        ("a\n\n---\n", 12, "rule"),
        ("[x](file:///etc/passwd)\n", 10, "link"),
        ("[x](other)\n", 10, "link"),
        ("one\ntwo [@m, foo 3]\n", 11, "locator"),
        ("x" * 20_000, 10, "at most"),
        ("x " * LONGEST_BODY, 10, "at most"),
        ("[@m, para. 1]\n", 10, "without a statement"),
    ],
)
def test_what_cannot_be_shown_is_told_with_its_line(text: str, line: int, words: str) -> None:
    _, problems = read(text)
    assert problems
    assert problems[0].startswith(f"f.md:{line}: ")
    assert words in problems[0]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "javascript%3Aalert(1)", "data:text/html,x", "-x", "mailto:a@b"]
)
def test_no_link_leads_to_a_program(href: str) -> None:
    passages, _ = read(f"[x]({href}) y [@m, para. 1]")
    marks = [mark for passage in passages for mark in passage.text.marks]
    assert all(mark.kind is not MarkKind.LINK for mark in marks)


def test_entities_that_become_control_characters_are_disarmed() -> None:
    passages, _ = read("a &#27;[31m &#x202e; b [@m, para. 1]")
    assert "\x1b" not in passages[0].text.plain
    assert "\u202e" not in passages[0].text.plain


@pytest.mark.parametrize("text", ["[" * 30_000, "*a " * 20_000, "> " * 20_000, "`" * 50_000])
def test_absurd_markdown_ends_quickly(text: str) -> None:
    passages, problems = read(text)
    assert problems or len(passages) <= 1


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    passages, _ = read(text)
    for passage in passages:
        length = len(passage.text.plain)
        assert all(0 <= m.start <= m.end <= length for m in passage.text.marks)


_WORDS = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab *_`[]<>&#-+.)1!~|\\\"'日—"), st.characters(codec="utf-8")
    ),
    max_size=40,
).map(lambda text: " ".join(text.split()))


@given(_WORDS)
def test_words_written_as_markdown_are_read_as_they_were(words: str) -> None:
    problems = Problems()
    safe = " ".join(made_safe(words).split())
    read_again = read_markdown(markdown(Text(safe), {}), Spot("x"), problems)
    assert " ".join(" ".join(p.passage.text.plain for p in read_again).split()) == safe
    assert not problems
