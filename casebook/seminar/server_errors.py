"""What a PostgreSQL says, in sentences for the person in front of the screen."""

from __future__ import annotations

from casebook.errors import CasebookError
from casebook.safe_text import made_safe_line

_LONGEST = 300
_WRONG_PASSWORD = "authentication failed"
"""psycopg tells no state of a connection that could not be made."""

NO_DRIVER = "A class on a server needs psycopg, which pip install 'casebook[class]' installs."


class ServerError(CasebookError):
    """The server of a class refused something, or could not do it."""


class ForbiddenError(ServerError):
    """The rules of the server forbid it."""


class UnreachableError(ServerError):
    """The server of a class cannot be reached just now; another time it may."""


def told(error: Exception) -> ServerError:
    """A failure of psycopg's, or of SQLAlchemy's around one, as a person is told of it."""
    cause = getattr(error, "orig", None) or error
    state = getattr(cause, "sqlstate", None)
    lines = str(cause).strip().splitlines()
    words = made_safe_line(lines[0] if lines else type(cause).__name__)[:_LONGEST].rstrip(".")
    if _is_unreachable(cause, state):
        return UnreachableError(f"The server cannot be reached: {words}.")
    if state in ("28P01", "28000") or _WRONG_PASSWORD in words:
        return ServerError(f"The server does not know this role or its password: {words}.")
    if state in ("42501", "53400"):
        return ForbiddenError(f"The server refuses it: {words}.")
    return ServerError(f"The server says: {words}.")


def _is_unreachable(cause: Exception, state: str | None) -> bool:
    """Whether a later try may succeed where this one did not.

    PostgreSQL's classes of errors: 08 is of connections, 53 of resources, 57P of a server that
    is starting or ending; without a state nobody answered.
    """
    import psycopg

    if not isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError):
        return False
    if state is None:
        words = str(cause)
        return _WRONG_PASSWORD not in words and "does not exist" not in words
    return state.startswith(("08", "57P", "53300", "55P03", "40"))
