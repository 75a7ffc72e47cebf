"""The fuzzer sees what it is there to see, and finds nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

if sys.platform != "linux":
    pytest.skip("needs fork and pidfd", allow_module_level=True)

from tests.fuzzing import damage_bytes, damage_rows
from tests.fuzzing.__main__ import PARTS, fuzz
from tests.fuzzing.books import BOOK, silently_wrong
from tests.fuzzing.cases import Step, shell_word
from tests.fuzzing.hostile_text import COMMANDS
from tests.fuzzing.judging import control_findings, judge_files, judge_run
from tests.fuzzing.running import Place, Ran, import_everything, run_command, run_forked
from tests.fuzzing.world import TOKENS, World, tokens_in


@pytest.fixture
def place(tmp_path: Path) -> Place:
    made = Place(tmp_path / "case")
    made.make()
    return made


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return World(tmp_path_factory.mktemp("world"))


def _kinds(action: Callable[[], int], place: Place, **options: int) -> set[str]:
    ran = run_forked(action, place, **options)  # type: ignore[arg-type]
    return {found.kind for found in judge_run(ran, place, "test")}


def test_what_may_not_be_is_seen(place: Place) -> None:
    def is_well() -> int:
        print("all is well")
        return 0

    def raises() -> int:
        raise KeyError("planted")

    def crashes() -> int:
        from casebook import cli

        vars(cli)["complain"] = lambda _: {}["planted"]  # type: ignore[index]
        sys.argv = ["casebook", "--book", "nowhere", "list"]
        return cli.run(sys.argv[1:])

    def burns() -> int:
        while True:
            pass

    def fills() -> int:
        return len(bytearray(b"x") * (3 << 29)) * 0

    def strays() -> int:
        Path("../../escaped").write_text("x", encoding="ascii")
        return 0

    def changes_the_root() -> int:
        Path("/no-such-folder-of-casebook").mkdir()
        return 0

    def calls_out() -> int:
        import socket

        with socket.socket() as one:
            one.connect_ex(("127.0.0.1", 9))
        return 0

    assert _kinds(is_well, place) == set()
    assert _kinds(raises, place) >= {"traceback"}
    assert _kinds(crashes, place) & {"exit 70", "traceback"}
    assert _kinds(burns, place, cpu_seconds=1) == {"too much CPU"}
    assert _kinds(fills, place) & {"too much memory", "traceback"}
    assert "watch" in _kinds(calls_out, place)
    assert "writes outside" in _kinds(strays, place)
    if os.geteuid() != 0:
        assert "watch" in _kinds(changes_the_root, place)


@pytest.mark.parametrize("text", COMMANDS.values(), ids=COMMANDS.keys())
def test_hostile_strings_are_seen(text: str, tmp_path: Path) -> None:
    assert list(control_findings(f"before {text} after".encode(), "output", "test"))
    (tmp_path / "written.md").write_text(text, encoding="utf-8")
    assert list(judge_files(tmp_path, "test", frozenset()))
    escaped = ('["' + "".join(f"\\u{ord(one):04x}" for one in text) + '"]').encode()
    ran = Ran(0, escaped, b"", 0.0, 0)
    place = Place(tmp_path / "case")
    place.make()
    assert list(judge_run(ran, place, "test"))


def test_harmless_text_is_none() -> None:
    text = "高岡 – “naïve” 👩\u200d🌾\n\u0627\u200f ½ a\u0301"
    assert not list(control_findings(text.encode(), "output", "test"))


def test_a_wrong_answer_is_seen(world: World, place: Place) -> None:
    step = Step(("list", "--book", BOOK))
    sound = world.small.answer(step.arguments)
    (place.work / BOOK).write_bytes(world.small.data)
    same = run_command(step.arguments, place)
    assert not list(silently_wrong(same, step, world.small, place.work / BOOK, "nothing"))
    other = sound._replace(out=sound.out.replace(b"Nosaku", b"Nosakv"))
    assert list(silently_wrong(other, step, world.small, place.work / BOOK, "a letter"))
    told = other._replace(err=b"casebook: the book is damaged\n")
    assert not list(silently_wrong(told, step, world.small, place.work / BOOK, "a letter"))


def test_every_note_is_missed(world: World) -> None:
    assert tokens_in(world.json) == set(TOKENS)


@pytest.mark.parametrize(
    "damage", dict.fromkeys((*damage_bytes.TO_SQLITE, *damage_rows.BY_SQL)), ids=damage_bytes.named
)
def test_damage_follows_from_its_seed(
    damage: Callable[..., None], world: World, tmp_path: Path
) -> None:
    made = []
    changed = False
    for seed in range(4):
        for _ in range(2):
            path = tmp_path / "damaged.sqlite"
            path.write_bytes(world.small.data)
            if damage in damage_bytes.TO_SQLITE:
                data = bytearray(world.small.data)
                damage(data, Random(seed))
                path.write_bytes(data)
            else:
                damage(path, Random(seed))
            made.append(path.read_bytes())
            changed |= made[-1] != world.small.data
            for one in tmp_path.iterdir():
                one.unlink()
        assert made[-1] == made[-2]
    assert changed


def test_the_same_number_makes_the_same_case(world: World) -> None:
    import_everything()
    for part, make in PARTS.items():
        one, two = (make(Random(f"7:{part}:3"), world) for _ in range(2))
        assert one.label == two.label
        assert [step.as_shell() for step in one.steps] == [step.as_shell() for step in two.steps]


def test_words_for_a_shell() -> None:
    import subprocess

    for word in ("plain", "it's", "\x1b]0;x\x07", "a\nb", "é\udcff", "", "$HOME `x`"):
        done = subprocess.run(
            ["bash", "-c", f"printf %s {shell_word(word)}"], capture_output=True, check=True
        )
        assert done.stdout == os.fsencode(word)


@pytest.mark.soak
@pytest.mark.parametrize("part", PARTS)
def test_nothing_hostile_is_found(part: str, tmp_path: Path) -> None:
    """`python -m tests.fuzzing` goes on for as long as there is time."""
    cases = 4 if part in ("keys", "sizes") else 25
    found = fuzz([part], 1, tmp_path, cases=cases, kept=tmp_path / "kept")
    assert not found.times, "\n".join(found.told())
