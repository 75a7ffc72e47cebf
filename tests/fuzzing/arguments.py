"""Odd words on the command line, odd variables around it, and no standard input or output."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.fuzzing.books import BOOK, commands, dear_commands
from tests.fuzzing.cases import Case, Step
from tests.fuzzing.hostile_text import COMMANDS, hostile_text, word
from tests.fuzzing.world import World

_VERBS = (
    "list", "show", "search", "sources", "glossary", "check", "build", "unpack", "new", "doctor",
    "cite", "compare", "quiz", "timeline", "export", "notes", "--help", "--version", "",
)  # fmt: skip
_SECOND = {
    "export": ("handout", "references", ""),
    "notes": (
        "list",
        "add",
        "delete",
        "bookmark",
        "tag",
        "reading",
        "undo",
        "export",
        "import",
        "",
    ),
    "new": ("firm", "pack", "region", "term", "framework", "source", ""),
}
_OPTIONS = (
    "--json", "--book", "--notebook", "--format", "--kind", "--country", "--industry", "--outcome",
    "--for", "--limit", "--framework", "--show", "--rows", "--columns", "--sub-points", "--style",
    "-o", "--output", "--force", "--all", "--lanes", "--from", "--to", "--align", "--milestone",
    "--place", "--policy", "--certainly", "--title", "--question", "--entry", "--tag", "--find",
    "--on", "--quote", "--pack", "--slug", "--yes", "--help", "-h", "--", "-", "--no-such", "-x",
)  # fmt: skip
_ODD = (
    "",
    " ",
    "\udcff\udcfe",
    "name-\udce9",
    "x" * 10_000,
    "../../../x",
    "/dev/full",
    "/dev/null",
    "/dev/zero",
    "/etc/passwd",
    ".",
    "..",
    "~",
    "é",
    "日本",
    "%s%n",
    "*",
    "?",
    "-1",
    "0",
    "99999999999999999999",
    "1e9",
    "NaN",
    "--",
    "a\nb",
    "a\tb",
    *COMMANDS.values(),
    "\U000e0041",
    "e" + "\u0301" * 200,
    "C++",
    "O'Brien",
    '"',
    "AND",
    "NEAR(",
    "title:x",
    "kind:",
    "country:zz",
    "2003",
    "late-1990s",
    "9999-12-31",
    "0000",
    "-9999",
    "1995/2003",
    "[1995..1999]",
)
_VARIABLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("TERM", ("", "dumb", "no-such-terminal", "\x1b]0;x\x07")),
    ("COLUMNS", ("0", "-1", "1", "x", "99999999")),
    ("LINES", ("0", "-5", "x")),
    ("LANG", ("C", "POSIX", "ja_JP.EUC-JP", "no-such")),
    ("LC_ALL", ("C", "xx_XX")),
    ("PYTHONIOENCODING", ("ascii", "latin-1", "euc-jp", "cp932")),
    ("PYTHONUTF8", ("0", "1")),
    ("NO_COLOR", ("", "1")),
    ("COLORTERM", ("truecolor", "x" * 10_000)),
    ("TEXTUAL_COLOR_SYSTEM", ("foo", "256", "")),
    ("HOME", ("", "/no/such", "/dev/null", "\udcff", "relative")),
    ("XDG_DATA_HOME", ("/dev/null", "", "relative/x", "/proc")),
    ("XDG_STATE_HOME", ("/dev/null", "/proc")),
    ("XDG_CONFIG_HOME", ("/dev/null", "/proc", "\udcff")),
    ("TMPDIR", ("/no/such", "/dev/null", "")),
    ("CASEBOOK_BOOK", ("", "no-such.sqlite", "/dev/zero", "\udcff.sqlite", ".", "\x1b]0;x\x07")),
    ("CASEBOOK_NOTEBOOK", ("", "/dev/full", "/dev/null", "\udcff.sqlite", ".", "/proc/x/y")),
    ("PATH", ("", "/no/such")),
)


def make_case(random: Random, world: World) -> Case:
    data = world.small.data

    def prepare(work: Path) -> None:
        (work / BOOK).write_bytes(data)
        for name, content in world.small_pack.items():
            path = work / "pack" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    steps = tuple(_step(random, world) for _ in range(4))
    return Case(prepare, steps, "odd arguments")


def _step(random: Random, world: World) -> Step:
    arguments = _sound(random, world) if random.random() < 0.5 else _made_up(random)
    variables = {}
    for name, values in random.sample(_VARIABLES, random.choice((0, 0, 1, 3))):
        variables[name] = random.choice(values).replace("\x00", "")
    is_fresh = random.random() < 0.06
    closed: tuple[int, ...] = ()
    stdout = ""
    if is_fresh:
        closed = random.choice(((), (0,), (1,), (2,), (1, 2), (0, 1, 2)))
        stdout = "" if 1 in closed else random.choice(("", "/dev/full"))
    elif random.random() < 0.1:
        stdout = "/dev/full"
    return Step(
        tuple(one.replace("\x00", "") for one in arguments),
        variables,
        is_fresh=is_fresh,
        closed=closed,
        stdout=stdout,
    )


def _sound(random: Random, world: World) -> list[str]:
    """A command that works, with one or two of its words changed."""
    every = commands(world.small, random)
    words = [
        *random.choice(every if random.random() < 0.95 else dear_commands(world.small, random))
    ]
    words += ["--book", BOOK]
    for _ in range(random.choice((0, 1, 1, 2))):
        at = random.randrange(len(words) + 1)
        odd = random.choice((*_ODD, *_OPTIONS, hostile_text(random)))
        if random.random() < 0.5 and at < len(words):
            words[at] = odd
        else:
            words.insert(at, odd)
    return _harmless(words)


def _made_up(random: Random) -> list[str]:
    verb = random.choice(_VERBS)
    words = [verb, random.choice(_SECOND.get(verb, ("",)))]
    words = [one for one in words if one or random.random() < 0.1]
    for _ in range(random.choice((0, 1, 2, 5, 200))):
        words.append(
            random.choice(
                (
                    random.choice(_OPTIONS),
                    random.choice(_ODD),
                    random.choice(("nosaku", "takaoka", "pack", BOOK, "m", "checklist")),
                    word(random),
                )
            )
        )
    return _harmless(words)


def _harmless(words: list[str]) -> list[str]:
    """Without what would write to real places, and never bare: that would open the app.

    `unpack` writes to the place that it is told, be it above the folder.
    """
    writes = {"-o", "--output", "unpack"} & {*words}
    kept = [one for one in words if not writes or not one.startswith(("/etc", "../"))]
    return kept if any(not one.startswith("-") for one in kept) else ["list", *kept]
