"""YAML as a pack may use it, and nothing else of YAML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.pack.problems import Problems, Spot
from casebook.pack.yaml_hints import quoted
from casebook.pack.yaml_tree import DEEPEST, LONGEST, read_yaml


def read(text: str) -> tuple[object, list[str]]:
    problems = Problems()
    node = read_yaml(text, "f.yaml", problems)
    return node.plain() if node else None, [str(problem) for problem in problems.in_order()]


def test_scalars_stay_what_was_typed() -> None:
    plain, problems = read("a: NO\nb: 1.10\nc: 12:30\non: yes\nd: 2003\ne: ~\nf: ''\ng: null\n")
    assert problems == []
    assert plain == {
        "a": "NO",
        "b": "1.10",
        "c": "12:30",
        "on": "yes",
        "d": "2003",
        "e": None,
        "f": "",
        "g": None,
    }


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\na: 2\n", 2, "'a' occurs twice; first on line 1"),
        ("a: 1\nb: &x 2\n", 2, "anchors"),
        ("a: *x\n", 1, "aliases"),
        ("a: !!python/object:os.system x\n", 1, "tags"),
        ("a: 1\n<<: {b: 2}\n", 2, "merge"),
        ("? [a]\n: b\n", 1, "a key must be a word"),
        ("a: 1\n--- \nb: 2\n", 2, "second document"),
        ("a: [1,\n", 2, "not YAML"),
        ("a: b: c\n", 1, "put text that holds ': ' in quotes"),
        ("a: {b: c [x]}\n", 1, "in quotes"),
        ("\ta: 1\n", 1, "indent with spaces"),
        ("x: 1\na: @b\n", 2, "in quotes"),
        ("a: \x01\n", 1, "U+0001"),
        ("[" * 60_000, 1, f"nested more than {DEEPEST} deep"),
        ("{" * 9 + "}" * 9, 1, "nested"),
        ("x" * (LONGEST + 1), 1, "bytes of YAML"),
    ],
)
def test_what_a_pack_may_not_use_is_told_with_its_line(text: str, line: int, words: str) -> None:
    plain, problems = read(text)
    assert plain is None
    assert len(problems) == 1
    assert problems[0].startswith(f"f.yaml:{line}: ")
    assert words in problems[0]


def test_escapes_that_become_control_characters_are_disarmed() -> None:
    plain, problems = read('a: "\\e]52;c;x\\a"\n')
    assert problems == []
    assert plain == {"a": "␛]52;c;x␇"}


def test_positions() -> None:
    problems = Problems()
    node = read_yaml("a:\n  - b: 1\n    c: 2\n", "f.yaml", problems, first_line=10)
    assert node is not None
    assert node.spot_of(("a", 0, "c")) == Spot("f.yaml", 12, 5)
    assert node.spot_of(("a", 0, "missing")).line == 11
    assert node.spot_of(("nothing",)).line == 10


@given(st.text(alphabet=st.characters(codec=None, categories=None), max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    _, problems = read(text)
    for problem in problems:
        assert problem.isprintable()


@given(st.text(alphabet="a:-[]{}'\"|>&*!%@`#?, \n\t<~", max_size=80))
def test_any_punctuation_is_read_or_refused(text: str) -> None:
    problems = Problems()
    node = read_yaml(text, "f.yaml", problems)
    assert (node is None) == bool(problems)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: x\ntitle: Case #2 Rope\n", 2, 'in quotes: title: "Case #2 Rope"'),
        ("title: Case # 2\n", 1, 'title: "Case # 2"'),
        ("title: #2 Rope\n", 1, 'title: "#2 Rope"'),
        ('title: "Case" #2 Rope\n', 1, 'title: "Case #2 Rope"'),
        ("- Case #2\n", 1, '- "Case #2"'),
        ("a: {text: Case #2, b: c}\n", 1, "would be lost; put the value in quotes"),
        ("a:\n  b: one\n    #2 two\n", 3, "'#2 two' is a comment here"),
        ("a: one #2\n  two\n", 1, "'#2' is a comment here"),
    ],
)
def test_text_behind_a_number_sign_is_not_lost(text: str, line: int, words: str) -> None:
    plain, problems = read(text)
    assert plain is None
    assert len(problems) == 1
    assert problems[0].startswith(f"f.yaml:{line}: ")
    assert words in problems[0]


@pytest.mark.parametrize(
    "text",
    [
        "a: b  # why\n",
        "a: b\n#c: d\n# e\n",
        "x:\n  a: b\n  #c: d\n",
        "# e\na: b",
        "a:   # c\n  - b\n",
        "a: |  # c\n  #b\n",
    ],
)
def test_comments_are_taken_as_such(text: str) -> None:
    assert read(text)[1] == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('- "Minutes" and more\n', 1, "in quotes: - '\"Minutes\" and more'"),
        ("- [a] b\n", 1, 'in quotes: - "[a] b"'),
        ("note: [@m, para. 9]\n", 1, 'in quotes: note: "[@m, para. 9]"'),
        ("what: Discuss: what?\n", 1, 'in quotes: what: "Discuss: what?"'),
        ("- Discuss: why: x\n", 1, '- "Discuss: why: x"'),
        ("title: 'it's'\n", 1, 'title: "it\'s"'),
        ('title: "say "x" y"\n', 1, "title: 'say \"x\" y'"),
        ('title: "a \\x"\n', 1, "title: 'a \\x'"),
        ("title: *very* good\n", 1, 'title: "*very* good"'),
        ("title: **very** good\n", 1, 'title: "**very** good"'),
        ("title: !Kung\n", 1, 'title: "!Kung"'),
        ("title: &Co\n", 1, 'title: "&Co"'),
        ("title: `code`\n", 1, 'title: "`code`"'),
        ("a:\n  b: x\n   c: y\n", 3, "line 2 is indented by 2, this by 3"),
        ("a:\n  b: x\n c: y\n", 3, "line 2 is indented by 2, this by 1"),
        ("a:\n  - b: x\n     c: y\n", 3, "line 2 is indented by 4, this by 5"),
        ("a:\n  - b: x\n   c: y\n", 3, "line 2 is indented by 4, this by 3"),
        ("a:\n  - b: x\n - b: y\n", 3, "line 2 is indented by 2, this by 1"),
        ("a:\n  b: c\n\td: e\n", 3, "not with tabs"),
        ('a: x\nb: "y\nc: z\n', 2, "the quote that is opened on line 2 is not closed"),
        ("a: [x\nb: y\n", 2, "the bracket that is opened on line 1 is not closed"),
        ("a: x\nhello world\nb: y\n", 3, "line 2, 'hello world', has no 'key: '"),
        ("summary: >- text\n  more\n", 1, "begin the text on the next line"),
        ("a: {text: now, in 1994}\n", 1, "'in 1994' is a key without a value"),
        ("a:\n  - {b: a son, the head,\n     c: y}\n", 2, "text that holds a comma in quotes"),
        ("a: {b: 450,000\n  }\n", 1, "'000' is a key without a value"),
        ("title:\u00a0X\n", 1, "U+00A0"),
        ("a: x\n\u00a0\u00a0b: x\n", 2, "U+00A0"),
        ("-\u3000x\n", 1, "U+3000"),
    ],
)
def test_slips_are_told_with_what_was_meant(text: str, line: int, words: str) -> None:
    plain, problems = read(text)
    assert plain is None
    assert len(problems) == 1
    assert problems[0].startswith(f"f.yaml:{line}: "), problems
    assert words in problems[0]


@pytest.mark.parametrize("text", ["a: b\u00a0c\n", "a: >-\n  \u3000b\n"])
def test_odd_blanks_within_text_are_kept(text: str) -> None:
    assert read(text)[1] == []


@given(st.text(alphabet="ab:-#'\" ", max_size=30))
def test_a_proposal_in_quotes_is_read_whole(words: str) -> None:
    stripped = " ".join(words.split())
    plain, problems = read(f"title: {quoted(stripped)}\n")
    assert (plain, problems) == ({"title": stripped}, [])


@pytest.mark.parametrize(
    "text", ["{a: x, b:}\n", "{a: x, b: }\n", "{a: x, b: ,}\n", "{a: x, b:,\n}\n", "a: x\nb:\n"]
)
def test_a_key_may_say_nothing(text: str) -> None:
    assert read(text) == ({"a": "x", "b": None}, [])
