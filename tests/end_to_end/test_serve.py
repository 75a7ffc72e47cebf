"""The app in a browser: who comes in, and what a visitor can reach."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from casebook.serve.server import Served
from tests.conftest import ROOT, SHIPPED_BOOK, Ran
from tests.end_to_end.browser import CODE, Browser, RunningServer, browser, served, visitor
from tests.end_to_end.chromium import CHROMIUM, chromium
from tests.systems import WINDOWS

pytestmark = pytest.mark.skipif(WINDOWS, reason="the server is tried on POSIX")

SECRET = "the-canary-sings-at-dawn"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "home").mkdir()
    (folder / "home" / "secret.txt").write_text(SECRET, encoding="utf-8")
    with served(folder / "visitors-of-all", HOME=str(folder / "home")) as running:
        yield running


async def _status(browser: Browser, path: str, **headers: str) -> int:
    url = f"{browser.server.url}{path}"
    async with browser.client.get(url, headers=headers, allow_redirects=False) as answer:
        return answer.status


async def _socket_status(browser: Browser, origin: str | None) -> int:
    headers = {"Origin": origin} if origin else {}
    try:
        async with browser.client.ws_connect(f"{browser.server.url}/ws", headers=headers):
            return 101
    except aiohttp.WSServerHandshakeError as error:
        return error.status


# Who comes in


async def test_nobody_comes_in_without_the_code(server: RunningServer) -> None:
    async with browser(server) as stranger:
        assert await _status(stranger, "/") == 200
        assert await _socket_status(stranger, server.url) == 403
        for path in ("/static/js/textual.js", "/download/x", "/static/", "/etc/passwd"):
            assert await _status(stranger, path) == 403, path
        assert await stranger.log_in("wrong-code") == 403
        assert await _socket_status(stranger, server.url) == 403
        forged = {"casebook": "0" * 64}
        stranger.client.cookie_jar.update_cookies(forged)
        assert await _socket_status(stranger, server.url) == 403
        assert await stranger.log_in() == 303
        assert await _status(stranger, "/static/js/textual.js") == 200
        assert await _status(stranger, "/static/../server.py") == 404
        assert await _status(stranger, "/static/%2e%2e/server.py") in (403, 404)


async def test_another_host_and_another_page_are_refused(server: RunningServer) -> None:
    async with browser(server) as stranger:
        assert await _status(stranger, "/", Host="evil.example") == 421
        assert await _status(stranger, "/", Host=f"localhost:{server.port + 1}") == 421
        assert await _status(stranger, "/", Origin="https://evil.example") == 403
        assert await stranger.log_in() == 303
        for origin in ("https://evil.example", "null", f"https://localhost:{server.port}", None):
            assert await _socket_status(stranger, origin) == 403, origin
        assert await _socket_status(stranger, server.url) == 101
        async with stranger.client.post(f"{server.url}/login", data={"code": CODE}) as answer:
            assert answer.status == 403


async def test_codes_cannot_be_tried_one_after_another(tmp_path: Path) -> None:
    with served(tmp_path / "visitors") as own:
        async with browser(own) as stranger:
            answers = [await stranger.log_in(f"guess{number}") for number in range(12)]
            assert answers == [403] * 10 + [429] * 2
            assert await stranger.log_in() == 429


async def test_a_page_may_not_be_framed_or_loaded_with_foreign_scripts(
    server: RunningServer,
) -> None:
    async with browser(server) as stranger, stranger.client.get(server.url) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy
        assert "script-src 'self'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "http" not in (await answer.text()).replace("http-equiv", "")


async def test_there_are_as_many_sessions_as_allowed(tmp_path: Path) -> None:
    with served(tmp_path / "visitors", "--sessions", "2") as own:
        async with visitor(own) as first, visitor(own), browser(own) as third:
            assert await third.log_in() == 303
            assert await _status(third, "/") == 503
            await third.open()
            await third.shows("All places are taken.")
            await first.close()
            for _ in range(400):
                if await _status(third, "/") == 200:
                    break
                await asyncio.sleep(0.05)
            await third.open()
            await third.shows("Library, ")


def _processes(folder: Path) -> dict[int, str]:
    """The commands that name a folder, by the identifiers of their processes."""
    command = ["ps", "-wweo", "pid=,args="]
    listed = subprocess.run(command, capture_output=True, text=True, check=True)
    found = (line.split(maxsplit=1) for line in listed.stdout.splitlines())
    return {int(pid): args for pid, args in found if str(folder) in args}


def _stop_a_visitor(server: RunningServer, folder: Path) -> int:
    """Has the process of a visitor do nothing more, and says its identifier."""
    found = next(pid for pid in _processes(folder) if pid != server.process.pid)
    os.kill(found, signal.SIGSTOP)
    return found


async def test_a_place_that_is_being_left_is_waited_for(tmp_path: Path) -> None:
    with served(tmp_path / "visitors", "--sessions", "1") as own:
        async with visitor(own) as mine:
            left = _stop_a_visitor(own, tmp_path)
            await mine.close()
            for _ in range(400):
                if await _status(mine, "/") == 200:
                    break
                await asyncio.sleep(0.05)
            assert left in _processes(tmp_path), "the page is there before the process is gone"
            await mine.open()
            await mine.shows("Library, ")
            assert left not in _processes(tmp_path)


async def test_a_server_that_is_ended_saves_and_ends_its_visitors(tmp_path: Path) -> None:
    with served(tmp_path / "visitors") as own:
        async with visitor(own), visitor(own) as mine:
            await mine.type("a", "kept at the end", "\x13")
            await mine.type("b")
            await mine.shows("kept at the end")
            _stop_a_visitor(own, tmp_path)
            own.process.terminate()
            assert await asyncio.to_thread(own.process.wait, 30) == 0
    assert _processes(tmp_path) == {}


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--host", "0.0.0.0"], "under which one browsers reach it"),
        (["--code", "abc"], "A code must have 6 characters at least."),
        (["--public-url", "example.org"], "--public-url must begin with http"),
    ],
)
def test_what_would_not_work_is_refused(
    options: list[str], told: str, tmp_path: Path, casebook: Callable[..., Ran]
) -> None:
    done = casebook("serve", "--folder", str(tmp_path), *options)
    assert done.code == 1
    assert told in done.err


def test_the_names_of_a_server() -> None:
    usual = Served(Path("book"), "Book", "localhost", 80)
    assert {"localhost", "localhost:80", "127.0.0.1"} <= usual.hosts
    behind = Served(Path("book"), "Book", "localhost", 8000, "https://casebook.example.org/x")
    assert behind.origins == {"https://casebook.example.org"}
    assert behind.hosts == {"casebook.example.org"}


# What a visitor has


async def test_each_visitor_has_a_notebook_of_their_own(server: RunningServer) -> None:
    async with visitor(server) as mine, visitor(server) as other:
        await mine.type("a", "mine alone", "\x13")
        await mine.type("b")
        await mine.shows("mine alone")
        await other.type("b")
        await other.shows("Nothing here yet.")
        await mine.close()
        await mine.open()
        await mine.shows("Library, ")
        await mine.type("b")
        await mine.shows("mine alone")


async def test_an_export_is_a_download_of_its_visitor_alone(server: RunningServer) -> None:
    async with visitor(server) as mine, visitor(server) as other:
        await mine.type("\r", "E")
        await mine.shows("tab to the file name")
        await mine.type("\t", "\x15", "/tmp/elsewhere.html", "\r")
        await mine.shows("Your browser downloads")
        key = mine.downloads[-1]
        assert await _status(other, f"/download/{key}") == 404
        assert (await mine.downloaded()).startswith(b"<!doctype html>")
        assert not Path("/tmp/elsewhere.html").exists()


async def test_no_editor_and_no_file_of_a_class(server: RunningServer) -> None:
    async with visitor(server) as mine:
        await mine.type("e")
        await mine.shows("There is no editor in a browser")
        await mine.type("\x10")
        await mine.shows("Search for commands")
        await mine.type("Open a class")
        await mine.shows("Open a class")
        await mine.type("\r")
        await mine.shows("In a browser there are no files")
        await mine.type("\x10")
        await mine.shows("Search for commands")
        await mine.type("Join a class")
        await mine.shows("Join a class on a server")
        await mine.type("\r")
        await mine.shows("In a browser no class on a server")


async def test_messages_that_are_none_end_nothing(server: RunningServer) -> None:
    async with visitor(server) as mine:
        await mine.send(
            "no json", "[" * 50_000, "[]", "{}", ["stdin", 5], ["stdin", "\ud800"], ["resize", []],
            ["resize", {"width": "x", "height": None}], ["resize", {"width": 10**30, "height": -1}],
            ["quit"], ["exit", 1], ["ping", "x"], ["meta", {"type": "exit"}],
            ["resize", {"width": 80, "height": 24}],
        )  # fmt: skip
        await mine.type("?")
        await mine.shows("Here")
        assert mine.is_open


# A hostile visitor

PASTES = (
    "\x1b[200~/etc/passwd\n!ls;$(touch /tmp/casebook-was-here)\x1b]52;c;AAAA\x07\x1b[201~",
    "\x1b]0;title\x07\x1b]8;;file:///etc/passwd\x07x\x1b]8;;\x07",
    "\x1bP+q544e\x1b\\\x9b31m\x00\x1a\x1c\x1d",
    "../../../../etc/passwd",
    'M\x00\x00\x00\x10{"type":"exit"}',
)
KEYS = (
    *(chr(code) for code in range(32, 127) if chr(code) != "q"),
    *(chr(code) for code in range(27) if chr(code) != "\x11"),
    *(f"\x1b[{code}" for code in "ABCDHF"),
    *(f"\x1b[{code}~" for code in (2, 3, 5, 6, 11, 12, 13, 14, 15, 17, 18, 19)),
    "\x1b",
)  # fmt: skip


def _snapshot(folder: Path, without: Path) -> dict[str, str]:
    """Every file below a folder with its digest, without those below another."""
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and without not in path.parents
    }


def _children(server: RunningServer) -> list[str]:
    """The programs that processes of the server's visitors have started, but for pandoc."""
    found = subprocess.run(
        ["ps", "-wweo", "ppid=,pid=,args="], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    rows = [line.split(None, 2) for line in found]
    own = {pid for ppid, pid, _ in rows if ppid == str(server.process.pid)}
    started = [args for ppid, _, args in rows if ppid in own]
    # One that is about to end has lost its arguments, and its name stands in brackets.
    return [args for args in started if "--sandbox" not in args and not args.startswith("[pandoc]")]


async def _open_again(mine: Browser) -> None:
    """Opens the app where something that was typed has ended it."""
    if not mine.is_open:
        await mine.close()
        await mine.open()
        await mine.shows("Library, ")


async def _attack(mine: Browser, dice: random.Random, steps: int) -> None:
    for _ in range(steps):
        await _open_again(mine)
        await mine.send(["stdin", dice.choice((*PASTES, *dice.sample(KEYS, 10)))])
        if dice.random() < 0.1:
            await mine.send(["resize", {"width": dice.randint(1, 200), "height": 24}])
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("steps", [400, pytest.param(10_000, marks=pytest.mark.soak)])
async def test_a_hostile_visitor_reaches_nothing_outside_their_folder(
    server: RunningServer, steps: int
) -> None:
    base = server.folder.parent
    before = _snapshot(base, server.folder)
    async with visitor(server) as other:
        await other.type("a", "of somebody else", "\x13")
        async with visitor(server) as mine:
            others = _snapshot(server.folder, server.folder / "nothing")
            await _attack(mine, random.Random(7), steps)
            assert _children(server) == []
            assert SECRET.encode() not in mine.received
            assert b"root:" not in mine.received
            after = _snapshot(server.folder, server.folder / "nothing")
        assert _snapshot(base, server.folder) == before
        assert not Path("/tmp/casebook-was-here").exists()
        changed = {Path(path) for path in {*others, *after} if others.get(path) != after.get(path)}
        folders = {path.relative_to(server.folder / "visitors").parts[0] for path in changed}
        assert len(folders) <= 2  # the hostile one's, and that of the other who has just written
        await other.type("b")
        await other.shows("of somebody else")


@pytest.mark.soak
async def test_every_command_of_the_palette_in_a_browser(server: RunningServer) -> None:
    from tests.keys import all_commands
    from tui import commands

    before = _snapshot(server.folder.parent, server.folder)
    async with visitor(server) as mine:
        for command in all_commands():
            if command == commands.QUIT:
                continue
            await mine.type("\x10", command.name[:40], "\r", "\t", "\r", "\x1b", "\x1b")
            await _open_again(mine)
            assert _children(server) == [], command.name
        assert SECRET.encode() not in mine.received
    assert _snapshot(server.folder.parent, server.folder) == before


PLAN = """\
seminar: bells
title: Bells
date: 2026-12-04
framework: success-checklist
points: [a, b]
cases: [nosaku, asiro-gentian-alliance, {slug: renown, hidden: true}]
reveal: [entry:renown, ratings, outcomes]
"""


@pytest.fixture
def seminar_server(
    tmp_path: Path, casebook: Callable[..., Ran]
) -> Iterator[tuple[RunningServer, Path]]:
    """A server with a students' edition, and a file of its own that nobody may read."""
    (tmp_path / "seminar.yaml").write_text(PLAN, encoding="utf-8")
    build = ("seminar", "build", "seminar.yaml", "-o", "out", "--book", SHIPPED_BOOK)
    made = casebook(*build, "--style", "book")
    assert made.code == 0, made
    secret = tmp_path / "home" / "secret.txt"
    secret.parent.mkdir(exist_ok=True)
    secret.write_text(SECRET, encoding="utf-8")
    book = str(tmp_path / "out/students/bells.sqlite")
    with served(tmp_path / "visitors-of-all", "--book", book, HOME=str(secret.parent)) as running:
        yield running, secret


@pytest.mark.soak
async def test_hostile_words_in_every_box_of_a_seminar(
    seminar_server: tuple[RunningServer, Path],
) -> None:
    """Every command, while predicting, with a path and with what is no text typed into its box."""
    from tests.keys import all_commands
    from tui import commands

    server, secret = seminar_server
    before = _snapshot(server.folder.parent, server.folder)
    async with visitor(server) as mine:
        await mine.type("/", "nosaku", "\r", "p", "c", "P", "1", "2")
        for command in all_commands():
            if command == commands.QUIT:
                continue
            for words in (str(secret), f"../../home/{secret.name}", PASTES[0]):
                await mine.type("\x10", command.name[:40], "\r", "\x15", words, "\r", "\t", "\r")
                await mine.type("\x1b", "\x1b")
                await _open_again(mine)
            assert _children(server) == [], command.name
        assert SECRET.encode() not in mine.received
    assert _snapshot(server.folder.parent, server.folder) == before
    assert not Path("/tmp/casebook-was-here").exists()


# A real browser


@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
async def test_a_real_browser_shows_the_app(server: RunningServer, tmp_path: Path) -> None:
    async with chromium(tmp_path / "profile") as page:
        await page.go(server.url)
        await page.wait_for("document.querySelector('#code')")
        await page.run(
            f"document.querySelector('#code').value = '{CODE}';"
            "document.querySelector('button').click()"
        )
        await page.wait_for("document.body.classList.contains('-first-byte')")
        for _ in range(400):
            listed = await page.picture()
            if len(listed) > 40_000:  # bytes of a page full of letters; a blank one has few
                break
            await asyncio.sleep(0.05)
        assert len(listed) > 40_000
        await page.wait_for("document.activeElement.tagName === 'TEXTAREA'")
        await page.type("?")
        for _ in range(200):
            if await page.picture() != listed:
                break
            await asyncio.sleep(0.05)
        assert await page.picture() != listed  # the help lies over it
        assert page.complaints == []


# The fence by itself

ATTEMPTS: dict[str, str] = {
    "reads a file": "open(SECRET_FILE).read()",
    "reads it by its number": "os.read(os.open(SECRET_FILE, os.O_RDONLY), 9)",
    "writes beside": "open(OUTSIDE + '/new', 'w')",
    "writes by os.open": "os.open(OUTSIDE + '/new', os.O_CREAT | os.O_WRONLY)",
    "writes into the book": "open(BOOK, 'ab')",
    "goes up": "open('../x', 'w')",
    "lists": "os.listdir(OUTSIDE)",
    "scans": "list(os.scandir(OUTSIDE))",
    "removes": "os.remove(SECRET_FILE)",
    "renames out": "open('a', 'w').close(); os.rename('a', OUTSIDE + '/a')",
    "renames in": "os.rename(SECRET_FILE, 'b')",
    "links in": "os.link(SECRET_FILE, 'c')",
    "reads by a link": "os.symlink(SECRET_FILE, 'd'); open('d').read()",
    "makes a folder": "os.mkdir(OUTSIDE + '/f')",
    "opens a database": "sqlite3.connect(OUTSIDE + '/x.sqlite')",
    "reads a database": "sqlite3.connect('file:' + SECRET_FILE + '?mode=ro', uri=True)",
    "writes the book's database": "sqlite3.connect(BOOK)",
    "starts a program": "subprocess.run(['true'])",
    "starts a shell": "os.system('true')",
    "becomes another program": "os.execv('/bin/true', ['true'])",
    "forks": "os.fork()",
    "spawns": "os.posix_spawn('/bin/true', ['true'], {})",
    "speaks with others": "socket.create_connection(('127.0.0.1', 9))",
    "listens": "socket.socket().bind(('127.0.0.1', 0))",
    "leaves the folder": "os.chdir('/')",
    "connects past the interpreter": "import psycopg",
}  # fmt: skip

_SCRIPT = """
import json, os, socket, sqlite3, subprocess, sys
from pathlib import Path
from casebook.serve.fence import Fence
BOOK, OUTSIDE, SECRET_FILE = sys.argv[1:4]
attempts = json.loads(sys.argv[4])
Fence(Path.cwd(), [BOOK]).put_up()
passed = []
for name, code in attempts.items():
    try:
        exec(code)
    except (PermissionError, ImportError):
        continue
    except Exception as error:
        passed.append(f"{name}: {error!r}")
        continue
    passed.append(name)
Path("note.txt").write_text("mine")
assert Path("note.txt").read_text() == "mine"
sqlite3.connect("own.sqlite").execute("CREATE TABLE t (x)")
sqlite3.connect("file:" + BOOK + "?mode=ro&immutable=1", uri=True).execute("SELECT 1 FROM book")
print(json.dumps(passed))
"""


def test_the_fence_refuses_whatever_is_tried(tmp_path: Path) -> None:
    own, outside = tmp_path / "own", tmp_path / "outside"
    own.mkdir()
    outside.mkdir()
    secret = outside / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    command: list[Any] = [
        sys.executable, "-c", _SCRIPT, SHIPPED_BOOK, outside, secret, json.dumps(ATTEMPTS),
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd=own, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []
    assert [path.name for path in outside.iterdir()] == ["secret.txt"]
