"""Packs with slips, tricks and noise in them: checked, built, and what was built is read."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from tests.fuzzing import damage_bytes
from tests.fuzzing.cases import Case, Step
from tests.fuzzing.hostile_text import NOT_UTF8, hostile_text, word
from tests.fuzzing.judging import Finding
from tests.fuzzing.running import Ran
from tests.fuzzing.world import World

Files = dict[str, bytes]

_YAML = (
    "{a: &a [*a, *a]}", "<<: {x: 1}", "!!python/object:os.system x", "|", ">-", "'", '"', "[", "{",
    "- - - - - - - - - x", "? x", "~", "null", "NO", "1.10", "12:30", "0x1f", ".inf", "2024-13-45",
    '"\\e]0;x\\a"', '"\\x9b31m"', '"\\u202e"', '"\\ud800"', "# a comment", "x # cut", "%YAML 9",
    "---", "...", "\t", "[@m, para. 99999]", "[@nobody, para. 1]", "[@m, paras. 9-1]", "[@m]",
    "[inferred from @m, para. 9]", "-99999/..", "[1995..1999", "9999-12-31/", "{}", "[]", ">",
)  # fmt: skip
_MARKDOWN = (
    "&#27;]0;x&#7;", "&#x9b;31m", "&#8238;", "[x](javascript:alert)", "[x](file:///etc/passwd)",
    "[x](../../../../etc/passwd)", "![x](http://example.org/x.png)", "<script>x</script>",
    "| a | b |\n|---|---|\n| 1 | 2 |", "> " * 50 + "x", "- " * 50 + "x", "*" * 1000, "[" * 1000,
    "`" * 1001, "# " + "x" * 3000, "```\nnever closed", "\\" * 100, "[@own]", "[^1]", "<!-- x",
    "1. " * 40 + "x", "(" * 500 + "x" + ")" * 500, "[a]: <", "http://xn--80ak6aa92e.com",
)  # fmt: skip


def make_case(random: Random, world: World) -> Case:
    sound = world.small_pack if random.random() < 0.8 else world.shipped_pack
    chosen = [random.choice(_CHANGES) for _ in range(random.choice((1, 1, 1, 2, 4)))]
    seed = random.random()
    is_zip = random.random() < 0.15

    def prepare(work: Path) -> None:
        mine = Random(seed)
        files = dict(sound)
        for change in chosen:
            change(files, mine)
        if is_zip:
            _write_zip(work / "pack", files, mine)
        else:
            _write(work / "pack", files, mine)

    read = ("--book", "built.sqlite")
    steps = (
        Step(("check", "pack")),
        Step(("build", "pack", "-o", "built.sqlite")),
        Step(("list", *read)),
        Step(("show", "nosaku", *read)),
        Step(("timeline", "--all", *read)),
        Step(("unpack", "unpacked", *read)),
        Step(("check", "unpacked")),
        Step(("doctor", *read)),
    )

    def check(ran: Sequence[Ran], work: Path) -> Iterator[tuple[int, Finding]]:
        if len(ran) < len(steps):
            return
        checked, built = ran[0].code, ran[1].code
        if checked in (0, 1) and built in (0, 1) and checked != built:
            told = f"check {checked}, build {built}"
            yield (
                1,
                Finding(
                    "check and build differ",
                    told,
                    "build",
                    ran[1].err[-200:].decode("utf-8", "replace"),
                ),
            )
        if built != 0:
            return
        for at in (2, 4, 7):
            if ran[at].said_something:
                words = (ran[at].err or ran[at].out)[-200:].decode("utf-8", "replace")
                yield at, Finding("built but not well", "", steps[at].name, words)
        if ran[5].code == 0 and ran[6].code != 0:
            words = ran[6].out[-300:].decode("utf-8", "replace")
            yield 6, Finding("unpacked but not a pack", "", "check", words)

    label = ", ".join(damage_bytes.named(one).strip() for one in chosen)
    return Case(prepare, steps, label + (", zipped" if is_zip else ""), check)


def _write(root: Path, files: Files, random: Random) -> None:
    for name, content in files.items():
        path = root / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except (OSError, ValueError):
            continue  # a name that no file can have
    root.mkdir(exist_ok=True)
    choice = random.random()
    if choice < 0.02:
        (root / "firms" / "linked.md").symlink_to("/etc/passwd")
    elif choice < 0.04:
        (root / "firms" / "folder.md").mkdir(parents=True)
    elif choice < 0.05:
        deep = root
        for _ in range(random.choice((20, 400))):
            deep = deep / "d"
        with contextlib.suppress(OSError):
            deep.mkdir(parents=True)


def _write_zip(path: Path, files: Files, random: Random) -> None:
    import warnings

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, content in files.items():
            odd = random.random()
            odd_names = ("../" + name, "/" + name, name.upper(), "C:\\" + name)
            archive.writestr(random.choice(odd_names) if odd < 0.02 else name, content)
            if odd > 0.98:
                archive.writestr(name, content)
        if random.random() < 0.05:
            archive.writestr("firms/giant.md", bytes(40_000_000))
    data = bytearray(stream.getvalue())
    if random.random() < 0.5:
        random.choice(damage_bytes.TO_ANY_FILE)(data, random)
    path.write_bytes(data)


def _some(files: Files, random: Random) -> str:
    return random.choice(sorted(files)) if files else "firms/none.md"


def _lines(files: Files, name: str) -> list[bytes]:
    return files.get(name, b"").split(b"\n")


def delete_lines(files: Files, random: Random) -> None:
    name = _some(files, random)
    lines = _lines(files, name)
    at = random.randrange(len(lines))
    del lines[at : at + random.choice((1, 1, 2, 10))]
    files[name] = b"\n".join(lines)


def repeat_lines(files: Files, random: Random) -> None:
    name = _some(files, random)
    lines = _lines(files, name)
    at = random.randrange(len(lines))
    lines[at:at] = lines[at : at + random.choice((1, 3))] * random.choice((1, 1, 3, 2000))
    files[name] = b"\n".join(lines)


def move_lines(files: Files, random: Random) -> None:
    """Lines of one file get into another."""
    lines, others = _lines(files, _some(files, random)), _lines(files, name := _some(files, random))
    others.insert(random.randrange(len(others) + 1), random.choice(lines))
    files[name] = b"\n".join(others)


def indent(files: Files, random: Random) -> None:
    name = _some(files, random)
    lines = _lines(files, name)
    at = random.randrange(len(lines))
    lines[at] = random.choice((b" ", b"  ", b"\t", b"    " * 30)) + lines[at].lstrip()
    files[name] = b"\n".join(lines)


def noise(files: Files, random: Random) -> None:
    name = _some(files, random)
    data = bytearray(files.get(name) or b"x")
    random.choice(damage_bytes.TO_ANY_FILE)(data, random)
    files[name] = bytes(data)


def put_text(files: Files, random: Random) -> None:
    """Hostile text, YAML or Markdown in place of a word, or of a value."""
    name = _some(files, random)
    text = random.choice((random.choice(_YAML), random.choice(_MARKDOWN), hostile_text(random)))
    data = text.encode("utf-8", "surrogatepass")
    lines = _lines(files, name)
    at = random.randrange(len(lines))
    line = lines[at]
    choice = random.random()
    if choice < 0.4 and b": " in line:
        lines[at] = line.partition(b": ")[0] + b": " + data
    elif choice < 0.7 and (words := line.split(b" ")):
        words[random.randrange(len(words))] = data
        lines[at] = b" ".join(words)
    else:
        lines.insert(at, data)
    files[name] = b"\n".join(lines)


def odd_encoding(files: Files, random: Random) -> None:
    name = _some(files, random)
    text = files.get(name, b"").decode("utf-8", "replace")
    encoding = random.choice(("utf-16", "utf-8-sig", "latin-1", "cp932", "utf-32"))
    choice = random.random()
    if choice < 0.5:
        files[name] = text.encode(encoding, "replace")
    elif choice < 0.7:
        files[name] = text.replace("\n", random.choice(("\r\n", "\r", "\u2028"))).encode()
    else:
        files[name] = files.get(name, b"") + random.choice(NOT_UTF8)


def rename(files: Files, random: Random) -> None:
    """Names that are odd, that differ by case alone, or that mean something elsewhere."""
    name = _some(files, random)
    folder, slash, last = name.rpartition("/")
    new = random.choice(
        (
            last.upper(), "con.md", ".hidden.md", "a b.md", "-o.md", "é.md", "e\u0301.md", "x" * 240 + ".md",
            "\x1b]0;x\x07.md", "a\nb.md", "\u202egpj.md", "README.md", "x.yml", "..md", "ünïcödé.md", last + "~",
        )
    )  # fmt: skip
    content = files.pop(name) if random.random() < 0.5 else files.get(name, b"")
    files[folder + slash + new] = content


def drop_file(files: Files, random: Random) -> None:
    files.pop(_some(files, random), None)


def huge(files: Files, random: Random) -> None:
    name = _some(files, random)
    text = random.choice(
        (b"x", b"x ", b"- x\n", b"\xf0\x9f\x98\x80", b"[", b"  - {text: x}\n", b"# x\n\n")
    )
    lines = _lines(files, name)
    lines.insert(random.randrange(len(lines) + 1), text * random.choice((5_000, 60_000, 200_000)))
    files[name] = b"\n".join(lines)


def many_entries(files: Files, random: Random) -> None:
    content = files.get("regions/takaoka.md", b"---\nkind: region\ntitle: x\n---\n")
    for _ in range(random.choice((10, 200))):
        files[f"regions/{word(random)}.md"] = content.replace(b"Takaoka", word(random).encode(), 1)


def odd_json(files: Files, random: Random) -> None:
    from tests.fuzzing.hostile_text import JSON

    name = "sources.json"
    text = files.get(name, b"[]").decode("utf-8", "replace")
    choice = random.choice(JSON)
    files[name] = random.choice(
        (choice, f"[{choice}]", text.replace('"Niches"', choice), text.replace("[[2010]]", choice))
    ).encode("utf-8", "surrogatepass")


_CHANGES: tuple[Callable[[Files, Random], None], ...] = (
    delete_lines,
    delete_lines,
    repeat_lines,
    move_lines,
    indent,
    noise,
    noise,
    put_text,
    put_text,
    put_text,
    put_text,
    odd_encoding,
    rename,
    drop_file,
    huge,
    many_entries,
    odd_json,
)
