"""Who visits the served app: login by a code, a folder for each visitor, and limits."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from collections import defaultdict, deque
from collections.abc import Callable
from pathlib import Path

from casebook.regular_file import read_regular

CODE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters of a code that is made up: none that is taken for another."""
CODE_LENGTH = 8

MOST_TRIES, WITHIN_SECONDS = 10, 60.0
"""Wrong codes from one address that are answered, and within what time."""

MOST_ADDRESSES = 10_000
"""Addresses whose wrong codes are remembered."""

_KEY_BYTES = 32

_TOKEN = re.compile(r"[0-9a-f]{64}")


def made_up_code() -> str:
    """A code that cannot be guessed."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


class Visitors:
    """The visitors of a server.

    Args:
        folder: where their folders are made.
        code: what a visitor has to type to come in.
        most: sessions at a time; of one visitor there are two.
        now: a clock that never goes back.
    """

    MOST_OF_ONE = 2
    """Sessions of one visitor at a time: two windows."""

    def __init__(
        self, folder: Path, code: str, most: int, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.folder = folder
        self.most = most
        self._code = code
        self._now = now
        self._key = self._kept_key()
        self._wrong: dict[str, deque[float]] = defaultdict(deque)
        self._open: dict[str, int] = defaultdict(int)

    def _kept_key(self) -> bytes:
        """The secret by which tokens are known again, also after a restart."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / "key"
        try:
            with open(path, "xb") as new:
                path.chmod(0o600)
                new.write(secrets.token_bytes(_KEY_BYTES))
        except FileExistsError:
            pass
        return read_regular(path, _KEY_BYTES)

    # Coming in

    def may_try(self, address: str) -> bool:
        """Whether somebody at an address may try another code yet."""
        tries = self._wrong[address]
        while tries and self._now() - tries[0] > WITHIN_SECONDS:
            tries.popleft()
        return len(tries) < MOST_TRIES

    def admit(self, code: str, address: str) -> str | None:
        """A new visitor's token; None for a wrong code."""
        typed, known = (each.strip().casefold().encode() for each in (code, self._code))
        if not hmac.compare_digest(typed, known):
            if len(self._wrong) >= MOST_ADDRESSES:
                self._wrong.clear()
            self._wrong[address].append(self._now())
            return None
        visitor = secrets.token_hex(16)
        return visitor + self._signed(visitor)

    def _signed(self, visitor: str) -> str:
        signed = hmac.new(self._key, f"{visitor} {self._code}".encode(), hashlib.sha256)
        return signed.hexdigest()[:32]

    def visitor_of(self, token: str) -> str | None:
        """Who has a token; None where this server has not given it, or for another code."""
        if not _TOKEN.fullmatch(token):
            return None
        visitor, signed = token[:32], token[32:]
        return visitor if hmac.compare_digest(signed, self._signed(visitor)) else None

    def folder_of(self, visitor: str) -> Path:
        """A visitor's own folder, which nobody else reads; made where it is not there yet."""
        folder = self.folder / "visitors" / visitor
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    # Sessions

    @property
    def sessions(self) -> int:
        """How many are open."""
        return sum(self._open.values())

    def enter(self, visitor: str) -> bool:
        """Begins a session; False where there are too many."""
        if self.sessions >= self.most or self._open[visitor] >= self.MOST_OF_ONE:
            return False
        self._open[visitor] += 1
        return True

    def leave(self, visitor: str) -> None:
        """Ends a session."""
        self._open[visitor] -= 1
        if not self._open[visitor]:
            del self._open[visitor]
