"""Nothing in a narrative disappears: each construct of Markdown is shown or refused."""

from __future__ import annotations

import pytest

from casebook.pack.markdown import read_markdown
from casebook.pack.markdown_writer import markdown
from casebook.pack.problems import Problems, Spot
from casebook.pack.unrendered import MARKUP
from casebook.text import Text


def read(text: str) -> tuple[str, list[str]]:
    """What is shown, and what is refused."""
    problems = Problems()
    written = read_markdown(text, Spot("f.md", 1), problems)
    words = "\n".join(block.passage.text.plain for block in written)
    return words, [str(problem) for problem in problems.in_order()]


REFUSED = [
    ("a pipe table", "One.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n", 3, "a table"),
    ("a table without outer pipes", "a | b\n--- | ---\n1 | 2\n", 1, "a table"),
    ("a grid table", "+---+---+\n| a | b |\n+===+===+\n", 1, "a table"),
    ("a simple table", "a      b\n-----  -----\n1      2\n", 2, "the rows of a table as a list"),
    ("a line block", "| one\n| two\n", 1, "a table"),
    ("a footnote's mark", "One.\n\nRopes[^1] float.\n", 3, "a footnote"),
    ("a footnote of several words", "[^1]: See the report.\n", 1, "a footnote"),
    ("a footnote of one word", "One.\n\n[^1]: Note\n", 3, "no link uses"),
    ("a footnote that is used", "Ropes[^1].\n\n[^1]: Note\n", 1, "a footnote"),
    ("an inline footnote", "Ropes ^[they float] sell.\n", 1, "a footnote"),
    ("a wiki link", "By\n[[Harada Rope]] made.\n", 2, "a wiki link"),
    ("an embedded note", "![[boat.png]]\n", 1, "a wiki link"),
    ("a wiki link with other words", "[[harada|Harada]]\n", 1, "a wiki link"),
    ("HTML in a line", "a <b>bold</b> word\n", 1, "HTML (<b>)"),
    ("a block of HTML", "a\n\n<div>\nx\n</div>\n", 3, "HTML"),
    ("a comment", "a\n\n<!-- not yet -->\n", 3, "HTML"),
    ("a line break of HTML", "a<br>b\n", 1, "end the line in a backslash"),
    ("a picture", "![A boat](boat.png)\n", 1, "a picture"),
    ("a picture by label", "![A boat][b]\n\n[b]: boat.png\n", 1, "a picture"),
    ("a task list", "- one [@m]\n- [ ] two\n", 2, "a task list"),
    ("a task that is done", "- [x] two\n", 1, "a task list"),
    ("a definition list", "Rope\n: what holds a boat\n", 2, "a definition list"),
    ("a definition after an empty line", "Rope\n\n: what holds a boat\n", 3, "a definition list"),
    ("a formula", "It is $x^2$ wide.\n", 1, "a formula"),
    ("a formula of one letter", "For $n$ boats.\n", 1, "a formula"),
    ("a formula on lines of its own", "$$\nx = 1\n$$\n", 1, "a formula"),
    ("a formula in brackets", "It is \\(x^2\\) wide.\n", 1, "a formula"),
    ("a formula in square brackets", "\\[x^2 = y\\]\n", 1, "a formula"),
    ("a rule", "a\n\n***\n", 3, "a rule"),
    ("struck-out text", "It ~~sank~~ floated.\n", 1, "struck-out"),
    ("a subscript", "CO~2~ rose.\n", 1, "a subscript"),
    ("a superscript", "10 m^2^ wide.\n", 1, "a superscript"),
    ("a highlight", "It ==floats==.\n", 1, "a highlight"),
    ("a remark", "It floats. %%check this%%\n", 1, "a hidden comment"),
    ("an attribute of a heading", "## Ropes {#ropes}\n", 1, "an attribute"),
    ("a span", "[rope]{.smallcaps}\n", 1, "an attribute"),
    ("a fenced block", "::: note\nIt floats.\n:::\n", 1, "another program"),
    ("an admonition", "!!! note\n    It floats.\n", 1, "another program"),
    ("a callout", "> [!NOTE]\n> It floats.\n", 1, "a callout"),
    ("a table of contents", "[TOC]\n", 1, "a table of contents"),
    ("a template", "It is {{ name }}.\n", 1, "a template"),
    ("a tracked change", "It {++ also ++} floats.\n", 1, "a tracked change"),
    ("a LaTeX command", "As \\textit{they} say.\n", 1, "a LaTeX command"),
    ("a heading without a space", "##Ropes\n", 1, "a heading"),
    ("a pasted bullet", "Two:\n• one\n• two\n", 2, "another sign"),
    ("a hyphen and a non-breaking space", "-\u00a0one\n-\u00a0two\n", 1, "another sign"),
    ("a list of letters", "a) one\nb) two\n", 1, "a list of letters"),
    ("numbers in brackets", "(1) one\n(2) two\n", 1, "a list of letters"),
    ("a list that begins at two", "Then:\n2. one\n3. two\n", 2, "a list of letters"),
    ("an abbreviation", "*[EDTF]: a way to write dates\n", 1, "an abbreviation"),
    ("a citation without brackets", "As @m says, it floats.\n", 1, "a citation without"),
    ("a citation in round brackets", "It floats (@m, para. 1).\n", 1, "a citation without"),
    ("a citation that is not closed", "It floats [@m, para. 1.\n", 1, "a citation without"),
    ("a link with a blank", "See [it](../firms/harada rope.md).\n", 1, "spaces in its address"),
    ("a link to no label", "See [it][there].\n", 1, "no line defines"),
    ("a label that no link uses", "a\n\n[b]: https://example.org\n", 3, "no link uses"),
    ("a label that is defined twice", "[a]\n\n[a]: http://x.org\n[a]: http://y.org\n", 4, "no link uses"),
    ("the title of a link", 'See [it](http://x.org "the page").\n', 1, "the title of a link"),
    ("a link without words", "See [](http://x.org).\n", 1, "a link without words"),
    ("a link to a file", "See [it](notes.docx).\n", 1, "a link to"),
    ("an address of mail", "See <a@example.org>.\n", 1, "a link to"),
    ("a second paragraph in an item", "- one\n\n  more\n", 3, "a second paragraph"),
    ("a list in a quotation", "> - one\n", 1, "a list in a quotation"),
    ("a quotation in a list", "- > one\n", 1, "a quotation in a list"),
    ("a quotation in a quotation", "> > one\n", 1, "a quotation in a quotation"),
    ("a heading in a list", "- # one\n", 1, "a heading in a list"),
    ("code in a list", "- one\n\n  ```\n  x\n  ```\n", 3, "a code block in a list"),
    ("a list too deep", "".join("  " * n + "- x\n" for n in range(14)), 7, "6 deep"),
    ("a diagram", "```mermaid\ngraph TD\n```\n", 1, "a block of mermaid"),
    ("a paragraph that is code", "a\n\n    It floats [@m, para. 1].\n", 3, "is code"),
    ("the label of a block", "It floats. ^floats\n", 1, "the label of a block"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), [case[1:] for case in REFUSED],
                         ids=[case[0] for case in REFUSED])  # fmt: skip
def test_what_cannot_be_shown_is_refused_once_with_its_line(
    text: str, line: int, words: str
) -> None:
    _, problems = read(text)
    told = [problem for problem in problems if words in problem]
    assert told, problems
    assert told[0].startswith(f"f.md:{line}: "), problems
    assert "; " in told[0], "it says what to do"
    assert len(problems) == 1 or "deep" in words, problems


def test_each_kind_of_markup_is_tried() -> None:
    tried = {problem for case in REFUSED for problem in read(case[1])[1]}
    assert not [m.what for m in MARKUP if not any(f": {m.what} " in told for told in tried)]


KEPT = [
    ("It costs $5 and then $10 (US$).", "It costs $5 and then $10 (US$)."),
    ("A$7 million, or $5m (A$7m).", "A$7 million, or $5m (A$7m)."),
    ("Write to info@example.org.", "Write to info@example.org."),
    ("About ~5 to ~6 tons.", "About ~5 to ~6 tons."),
    ("Rope #2 is C#.", "Rope #2 is C#."),
    ("#1 in sales", "#1 in sales"),
    ("a | b", "a | b"),
    ("From 10:30 to 11:00: talks.", "From 10:30 to 11:00: talks."),
    ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
    ("a\\\nb", "a\nb"),
    ("a  \nb", "a\nb"),
    ("snake_case_name", "snake_case_name"),
    ("50 % [sic] of it", "50 % [sic] of it"),
    ("`[[x]] $x^2$ @m`", "[[x]] $x^2$ @m"),
    ("\\[[x]] \\$x^2$ \\@m \\~~x~~ \\==x==", "[[x]] $x^2$ @m ~~x~~ ==x=="),
    ("See https://example.org/a_b.", "See https://example.org/a_b."),
    ("See <https://example.org/@x>.", "See https://example.org/@x."),
    ("See [it][there].\n\n[there]: https://example.org", "See it."),
    ("Ropes\n=====\n", "Ropes"),
    ("&eacute;t&eacute; &nbsp; x", "été \u00a0 x"),
    ("```python\nx[[1]]\n```", "x[[1]]"),
    ("    x = 1\n", "x = 1"),
    ("0. zero\n1. one", "zero\none"),
    ("I. Mitsui spoke.", "I. Mitsui spoke."),
    ("日本・韓国", "日本・韓国"),
]


@pytest.mark.parametrize(("text", "shown"), KEPT, ids=[case[0] for case in KEPT])
def test_what_only_looks_like_markup_is_kept(text: str, shown: str) -> None:
    assert read(text) == (shown, [])


@pytest.mark.parametrize("text", [case[1] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_words_that_look_like_markup_survive_an_unpacking(text: str) -> None:
    """A book may hold them from before; the pack that is written of it still builds."""
    words = "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    assert read(markdown(Text(words), {})) == (words, [])


@pytest.mark.parametrize(
    "text", ["[[" * 5_000, "{{" * 5_000, "](" * 5_000, "$_" * 5_000, "-|" * 5_000 + "x", "\\(" * 4_000]
)  # fmt: skip
def test_absurd_markup_ends(text: str) -> None:
    shown, problems = read(text)
    assert shown or problems
