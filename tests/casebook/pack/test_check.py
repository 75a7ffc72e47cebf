"""Everything that can be wrong with a pack is told to its author, with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from casebook.book.connection import open_book
from casebook.book.lists import frameworks
from casebook.pack.build import build_book
from casebook.pack.volumes import check_pack
from tests.conftest import SMALL_PACK


def _check(pack: Path) -> list[str]:
    problems, _ = check_pack(pack)
    return [str(problem) for problem in problems.in_order()]


def test_the_small_pack_is_clean(write_pack: Callable[..., Path]) -> None:
    assert _check(write_pack()) == []


NOSAKU = SMALL_PACK["firms/nosaku.md"]
UNTAUGHT = re.sub(r"(?s)\nteaching:\n.*?\n---\n", "\n---\n", NOSAKU)
"""Without its teaching note, which names questions and points."""


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("kind: firm\n", "kind: firmm\n", 2, "did you mean 'firm'?"),
        ("kind: firm\n", "kind: region\n", 2, "a region belongs in regions/"),
        ("title: Nosaku\n", "titel: Nosaku\n", 3, "did you mean 'title'?"),
        ("title: Nosaku\n", "title: Takaoka\n", 1, "is already the name of"),
        ("  - {text: 能作,", "  - {text: nosaku,", 5, "'nosaku' is already here"),
        ("kind: native script", "kind: source spelling", 5, "has no citation"),
        ("[Takaoka](../regions/takaoka.md)", "[T](../regions/takoaka.md)", 6, "mean 'takaoka'?"),
        ("place: takaoka [@m, para. 9]\n  ind", "place: takaoka\n  ind", 8, "the place has no cit"),
        ("place: takaoka [@m, para. 9]\n  ind", "place: takoaka [@m, para. 9]\n  ind", 8, "no place"),
        ("2432 bells", "9999 bells", 9, "not an ISIC"),
        ("[@m, para. 9]\n  years", "[@n, para. 9]\n  years", 10, "no source 'n'"),
        ("[@m, para. 9]\n  years", "[@m, para. 21]\n  years", 10, "paragraphs 1 to 20, not 21"),
        ("[@m, para. 9]\n  years", "[@m, p. 9]\n  years", 10, "not a paragraph number"),
        ("[@m, para. 9]\n  years", "[@m]\n  years", 10, "needs a paragraph"),
        ("[@m, para. 9]\n  years", "[@m, para. x]\n  years", 10, "not a locator"),
        ("edtf: 1950/..", "edtf: 19500", 11, "not an EDTF date"),
        ("edtf: 1950/..", "edtf: 0195/..", 11, "the year 195 is probably a slip"),
        ("success: it sells", "sucess: it sells", 12, "outcome 'sucess' is not known"),
        ("role: located in, to", "role: locatd in, to", 14, "did you mean 'located in'?"),
        ("to: takaoka, note", "to: nosaku, note", 14, "relation to itself"),
        ("to: takaoka, note", "to: tokyo, note", 14, "no entry 'tokyo'"),
        ('note: "[inferred from @m, para. 9]"', "note: he leads", 16, "'Katsuji Nosaku' has no cit"),
        ("    place: takaoka\n", "    place: takaok\n", 22, "did you mean 'takaoka'?"),
        ("with: [{entry: growers,", "with: [{entry: grower,", 23, "did you mean 'growers'?"),
        ("what: A wind-bell sells [@m, paras. 9-10]", "what: A wind-bell sells", 19, "no citation"),
        ("edtf: \"[1995..1999]\"", "edtf: \"[1995..1999\"", 20, "not an EDTF date"),
        ("rating: met,", "rating: mett,", 25, "did you mean 'met'?"),
        ("rating: met,", "rating: silent,", 25, "use met, partly, not met"),
        ('"It has one [@m, para. 9]"', "It has one", 25, "rating 'met' has no citation"),
        ('"It has one [@m, para. 9]"', '"[@m, para. 9]"', 25, "rating 'met' has no evidence"),
        ("point: checklist a,", "point: checklst a,", 25, "did you mean 'checklist'?"),
        ("point: checklist a,", "point: checklist z,", 25, "has no point 'z'"),
        ("of [them](../glossary.yaml#rindo)", "of [them](../glossary.yaml#rind)", 56, "no term 'rind'"),
        ("- one [@m, para. 9]", "- one", 59, "this bullet has no citation"),
        ("> A thought [@m, para. 9].", "> A <b>thought</b> [@m, para. 9].", 65, "HTML"),
        ("questions:\n", "question:\n", 26, "did you mean 'questions'?"),
        ("teaching_note: Tell", "teaching_note: [", 29, "not YAML"),
    ],
)  # fmt: skip
def test_each_fault_in_an_entry(
    old: str, new: str, line: int, words: str, write_pack: Callable[..., Path]
) -> None:
    assert NOSAKU.count(old) == 1, "the test itself is wrong"
    problems = _check(write_pack({"firms/nosaku.md": NOSAKU.replace(old, new)}))
    told = [p for p in problems if words in p]
    assert told, problems
    if line > 1:
        assert told[0].startswith(f"firms/nosaku.md:{line}: "), told


def test_all_faults_are_told_at_once(write_pack: Callable[..., Path]) -> None:
    broken = NOSAKU.replace("kind: firm\n", "kind: firmm\n").replace("2432", "9999")
    pack = write_pack(
        {
            "firms/nosaku.md": broken,
            "regions/takaoka.md": "no front matter",
            "organisations/growers.md": "---\nkind: organisation\n",
        }
    )
    files = {problem.partition(":")[0] for problem in _check(pack)}
    assert files >= {"firms/nosaku.md", "regions/takaoka.md", "organisations/growers.md"}


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("book.yaml", None, "book.yaml: this file is missing"),
        ("places.yaml", None, "places.yaml: this file is missing"),
        ("sources.json", "[", "sources.json:1: this is not JSON"),
        ("sources.json", "{}", "must be a list"),
        ("sources.json", '[{"id": "m", "type": "x"}]', "title"),
        ("sources.json", '[{"id": "own", "type": "x", "title": "T"}]', "reserved for the book"),
        ("sources.json", "[" * 100_000, "not JSON"),
        ("places.yaml", "places:\n  - {slug: a, name: A, country: XX}\n", "ISO 3166"),
        ("places.yaml", "places:\n  - {slug: a, name: A, within: a}\n", "lies within itself"),
        ("places.yaml", "- a\n", "must be a mapping"),
        ("glossary.yaml", 'terms:\n  - {slug: x, term: X, definition: "no"}\n', "no citation"),
        (
            "glossary.yaml",
            'terms:\n  - {slug: x, term: X, definition: "1 [@own]"}\n'
            '  - {slug: y, term: Y, aliases: [x], definition: "2 [@own]"}\n',
            "glossary.yaml:3: 'x' is already the name of the term 'x' (glossary.yaml:2)",
        ),
        (
            "glossary.yaml",
            'terms:\n  - {slug: x, term: An X, aliases: ["an  x"], definition: "1 [@own]"}\n',
            "glossary.yaml:2: 'an x' is already here (glossary.yaml:2)",
        ),
        (
            "figures.yaml",
            "figures:\n  - {slug: x, value: many!, unit: x, measures: y}\n",
            "is not valid for",
        ),
        ("frameworks/x.yaml", "title: X\nposition: 1\ndescription: d\npoints: []\n", "points"),
        ("outlines/x.yaml", "source: m\nparagraphs: {99: far}\n", "paragraphs 1 to 20, not 99"),
        ("firms/Bad Name.md", "x", "small letters, digits and hyphens"),
        ("firm/x.md", "x", "an entry belongs in one of"),
        ("firms/x.txt", "x", "only .md files"),
        ("firms/takaoka.md", SMALL_PACK["regions/takaoka.md"], "is taken by"),
        ("firms/x.md", b"---\nkind: firm\ntitle: \xff\xfe\n---\n", "firms/x.md:3: not UTF-8"),
        ("x.yaml", "a: b", "not a file of a pack"),
    ],
)
def test_each_fault_in_shared_files(
    file: str, content: str | bytes | None, words: str, write_pack: Callable[..., Path]
) -> None:
    problems = _check(write_pack({file: content}))
    assert any(words in problem for problem in problems), problems


def test_progress_is_told(write_pack: Callable[..., Path]) -> None:
    seen: list[tuple[int, int]] = []
    check_pack(write_pack(), lambda done, total: seen.append((done, total)))
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_a_wrong_word_hides_no_fault_beside_it(write_pack: Callable[..., Path]) -> None:
    """What has the wrong form is left out, and the rest is held against the other files."""
    entry = SMALL_PACK["firms/nosaku.md"]
    entry = entry.replace("rating: met,", "rating: mett, extra: 1,")
    entry = entry.replace("to: takaoka,", "to: takaokka,")
    entry = entry.replace("kind: native script", "kind: natif")
    entry = entry.replace("  size: small [@m, para. 9]", "  size: [small]")
    entry = entry.replace(
        "assessments:\n",
        '  - {key: x}\n  - {key: y}\n  - {key: z, what: "W [@m]", when: 2003, kind: other}\nassessments:\n',
    )
    places = SMALL_PACK["places.yaml"] + "  - {slug: no-name}\n"
    said = _check(write_pack({"firms/nosaku.md": entry, "places.yaml": places}))
    for words in (
        "'mett' is not known",
        "'extra' is not a key",
        "'natif' is not known",
        "'size' must be",
        "no entry 'takaokka'",
        "needs a paragraph",
        "places.yaml:5: 'name' is missing",
    ):
        assert any(words in one for one in said), (words, said)
    assert not any("no place" in one for one in said), said
    assert len(said) == 7 + 6, said


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("sources.json", '[\n{"id": "m" "type": "x"}]', "sources.json:2: this is not JSON, at"),
        ("sources.json", "{}", "sources.json:1: this must be a list of CSL-JSON items"),
        ("sources.json", None, "sources.json: this file is missing"),
        ("places.yaml", "places:\n  - {slug: a: b}\n", "places.yaml:2: this is not YAML, at"),
        ("places.yaml", "place:\n  - {slug: a, name: A}\n", "places.yaml:1: 'place"),
        ("places.yaml", b"places:\n  - {slug: \xff}\n", "places.yaml:2: not UTF-8"),
        ("places.yaml", None, "places.yaml: this file is missing"),
        ("book.yaml", "slug: x\ntitle: A: b\n", "book.yaml:2: this is not YAML, at column 9"),
        ("glossary.yaml", "terms: [\n", "glossary.yaml:2: this is not YAML, at"),
        ("glossary.yaml", "term: []\n", "glossary.yaml:1: 'term"),
        ("frameworks/checklist.yaml", "title: 'x\n", "frameworks/checklist.yaml:1: this is not"),
        ("frameworks/checklist.yaml", "title: x\n", "frameworks/checklist.yaml:1: '"),
    ],
)
def test_a_broken_file_is_told_alone(
    file: str, content: str | bytes | None, told: str, write_pack: Callable[..., Path]
) -> None:
    """Not each statement that it leaves without its source, place, term or framework."""
    problems = _check(write_pack({file: content}))
    assert all(problem.startswith(told) for problem in problems), problems
    assert len(problems) == 1 or content in ("title: x\n", "place:\n  - {slug: a, name: A}\n",
                                             "term: []\n")  # fmt: skip


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("sources.json", '"title": "Niches",', "", "sources.json:1: item m: 'title' is missing"),
        ("places.yaml", "name: Takaoka,", "nam: Takaoka,", "places.yaml:3: 'nam' is not a key here; did you mean 'name'?"),
        ("glossary.yaml", "term: Rindo,", "therm: Rindo,", "glossary.yaml:2: 'therm' is not a key here; did you mean 'term'?"),
        ("frameworks/checklist.yaml", "title: Vision", "titel: V", "frameworks/checklist.yaml:6: 'titel' is not a key here; did you mean 'title'?"),
    ],
)  # fmt: skip
def test_a_faulty_item_is_told_once_and_not_wherever_it_is_named(
    file: str, old: str, new: str, told: str, write_pack: Callable[..., Path]
) -> None:
    content = SMALL_PACK[file].replace(old, new)
    problems = _check(write_pack({file: content}))
    assert problems == [told]


def test_a_front_matter_that_cannot_be_read_is_told_alone(write_pack: Callable[..., Path]) -> None:
    broken = NOSAKU.replace("title: Nosaku\n", "title: A: b\n").replace("## The", "<b>x</b>\n\n##")
    assert len(_check(write_pack({"firms/nosaku.md": broken}))) == 1


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ('[\n {"id": "a",\n  "type": "b"\n  "title": "c"}]', 3, 14, "a comma or a closing bracket"),
        ('[{"id": "a"},\n]', 1, 13, "remove this comma"),
        ('[{"id": "a",}]', 1, 12, "remove this comma"),
        ("", 1, 1, "the file is empty"),
        ('[{"id": "a"', 1, 12, "the file ends before"),
        ("[{'id': 1}]", 1, 3, "single quotation mark"),
        ('[{"id": “a”}]', 1, 9, "curly quotation mark"),
        ('[{"id": a}]', 1, 9, "text without double quotes"),
        ("[\n// mine\n{}]", 2, 1, "no comments"),
        ('{"id": "a"},\n{"id": "b"}', 1, 12, "put [ and ] round"),
        ('[{"id" "a"}]', 1, 8, "a colon is missing"),
        ('[{"id": "a\nb"}]', 1, 11, "on one line"),
        ('[{"id": "a\\x"}]', 1, 11, "a backslash is written"),
        ('[{"id": "a}]', 1, 9, "the quote that is opened here"),
    ],
)
def test_broken_json_is_told_with_line_column_and_mend(
    text: str, line: int, column: int, words: str, write_pack: Callable[..., Path]
) -> None:
    (problem,) = _check(write_pack({"sources.json": text}))
    assert problem.startswith(f"sources.json:{line}: this is not JSON, at column {column}: ")
    assert words in problem


def test_a_key_that_stands_twice_in_a_source_is_told(write_pack: Callable[..., Path]) -> None:
    twice = SMALL_PACK["sources.json"].replace('"title": "Unread"', '"title": "A", "title": "B"')
    assert _check(write_pack({"sources.json": twice})) == [
        "sources.json:2: 'title' occurs twice in one item; keep one of them"
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("  - Why bells?", "  - Minutes 0-10: vote", 27,
         "item 1 of 'questions' must be text; ': ' makes it a mapping, so put it in quotes:"
         ' "Minutes 0-10: vote"'),
        ("  - Why bells?", "  - Why\n  - Discuss: what do they sell?", 28,
         "item 2 of 'questions' must be text; ': ' makes it a mapping, so put it in quotes:"
         ' "Discuss: what do they sell?"'),
        ("  - Why bells?", "  - [a, b]", 27, 'so put it in quotes: "[a, b]"'),
        ("  - Why bells?", '  - "Why" bells?', 27, "in quotes: - '\"Why\" bells?'"),
        ("title: Nosaku", "title: [Nosaku]", 3, 'so put it in quotes: "[Nosaku]"'),
        ("what: A wind-bell sells [@m, paras. 9-10]", "what: {A bell: sells}", 19,
         "'what' must be text; ': ' makes it a mapping, so put it in quotes: \"A bell: sells\""),
        ("  - {text: 能作, kind: native script}", "  - 能作", 5,
         "item 1 of 'aliases' must be a mapping: key: value; its keys are text, kind, note"),
        ("    place: takaoka\n", "    place: New Zealand\n", 22, "did you mean 'new-zealand'?"),
        ("    place: takaoka\n", "    place: 高岡\n", 22, "did you mean 'takaoka'?"),
        ("    place: takaoka\n", "    place: Takaoko\n", 22, "did you mean 'takaoka'?"),
        ("place: takaoka [@m, para. 9]\n  ind", "place: Takaoka [@m, para. 9]\n  ind", 8,
         "did you mean 'takaoka'?"),
        ("to: takaoka,", "to: Takaoka City,", 14, "without .md: takaoka-city"),
        ("- key: bell\n", "- key: Wind Bell\n", 18, "small letters, digits and hyphens: wind-bell"),
        ("[@m, para. 9]\n  years", "[@mm, para. 9]\n  years", 10, "no source 'mm'"),
        ("{text: late 1990s, edtf: \"[1995..1999]\"}", "2005-2009", 20, 'edtf: "2005/2009"'),
        ("{text: late 1990s, edtf: \"[1995..1999]\"}", "2003-13", 20, 'edtf: "2003/2013"'),
        ("{text: late 1990s, edtf: \"[1995..1999]\"}", "mid-1980s", 20, 'edtf: "[1984..1986]"'),
        ("{text: late 1990s, edtf: \"[1995..1999]\"}", "1990s", 20, 'edtf: "199X"'),
        ("{text: late 1990s, edtf: \"[1995..1999]\"}", "around 2005", 20, 'edtf: "2005~"'),
    ],
)  # fmt: skip
def test_each_slip_is_told_once_with_what_was_meant(
    old: str, new: str, line: int, words: str, write_pack: Callable[..., Path]
) -> None:
    assert UNTAUGHT.count(old) == 1, "the test itself is wrong"
    (problem,) = _check(write_pack({"firms/nosaku.md": UNTAUGHT.replace(old, new)}))
    assert problem.startswith(f"firms/nosaku.md:{line}: "), problem
    assert words in problem


@pytest.mark.parametrize("key", ["vision", "vision-and-purpose", "c1", "2"])
def test_the_key_of_a_point_may_be_a_word(key: str, write_pack: Callable[..., Path]) -> None:
    framework = SMALL_PACK["frameworks/checklist.yaml"].replace("key: a\n", f"key: {key}\n")
    entry = UNTAUGHT.replace("point: checklist a,", f"point: checklist {key},")
    pack = write_pack({"frameworks/checklist.yaml": framework, "firms/nosaku.md": entry})
    book = pack.parent / "b.sqlite"
    build_book(pack, book)
    with open_book(book) as opened:
        (checklist,) = frameworks(opened)
        assert next(point.key for point in checklist.criteria) == key
        assert not opened.faults


def test_the_key_of_a_point_is_no_sentence(write_pack: Callable[..., Path]) -> None:
    framework = SMALL_PACK["frameworks/checklist.yaml"].replace("key: a\n", f"key: {'a' * 21}\n")
    problems = _check(write_pack({"frameworks/checklist.yaml": framework}))
    assert "frameworks/checklist.yaml:5: 'key' has more than 20 characters" in problems


def test_the_place_of_a_country_is_given_as_it_is_to_be_written(
    write_pack: Callable[..., Path],
) -> None:
    changed = NOSAKU.replace("    place: takaoka", "    place: Norway")
    assert changed != NOSAKU
    (told,) = _check(write_pack({"firms/nosaku.md": changed}))
    line = '- {slug: norway, name: Norway, country: "NO"}'
    assert told.endswith(f"no place 'Norway' in places.yaml; add it there: {line}")
    places = SMALL_PACK["places.yaml"].rstrip() + f"\n  {line}\n"
    mended = changed.replace("place: Norway", "place: norway")
    assert _check(write_pack({"firms/nosaku.md": mended, "places.yaml": places})) == []
