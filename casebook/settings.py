"""The reader's settings: a TOML file that a person can read and edit.

    theme = "casebook-light"

    [keys]
    bookmark = "M"

What is not there has its usual value. What the program changes it changes in place:
comments and the order of lines stay as they were written.
"""

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from casebook.errors import CasebookError
from casebook.regular_file import read_regular
from casebook.safe_text import made_safe_line

LARGEST = 256 * 1024

_WORDS = ("theme", "notebook_order", "citation_style", "evidence", "tour")
"""The settings that are one word."""

_HEADER = """\
# Casebook's settings. `casebook doctor` says where this file is; docs/notebook.md explains it.
# Under [keys], an action's id (as `?` and the docs name it) is given other keys:
#   bookmark = "M"
"""


class Settings(NamedTuple):
    """What the reader has set.

    Attributes:
        theme: the name of the colours; empty for the usual ones.
        keys: other keys for actions, by the action's id.
        notebook_order: how the notebook was last arranged.
        citation_style: the style of what is copied and exported; empty for the usual one.
        evidence: where a page's evidence stands on a wide terminal, `beside` or `below`; empty
            for the usual place.
        tour: `shown` once the guided tour has been; empty before.
        troubles: what in the file could not be understood, in sentences.
    """

    theme: str = ""
    keys: Mapping[str, str] = {}
    notebook_order: str = ""
    citation_style: str = ""
    evidence: str = ""
    tour: str = ""
    troubles: tuple[str, ...] = ()


def read(path: Path) -> Settings:
    """Reads the settings. What cannot be read keeps its default and is named in `troubles`."""
    try:
        data = read_regular(path, LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        return Settings(troubles=(f"The settings {_name(path)} cannot be read: {reason}.",))
    if len(data) > LARGEST:
        return Settings(troubles=(f"The settings {_name(path)} are too long to be settings.",))
    try:
        text = data.decode("utf-8")
        stored = read_plainly(text)
        if stored is None:
            import tomllib

            stored = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        return Settings(
            troubles=(f"The settings {_name(path)} are not TOML: {made_safe_line(str(error))}.",)
        )
    return _understood(stored, path)


def read_plainly(text: str) -> dict[str, Any] | None:
    """What `tomllib` would make of a file of comments and words in quotes, None for any other.

    Such is every file that the program alone has written, and to import `tomllib` takes as
    long as a tenth of all that starts the app beyond Textual.
    """
    stored: dict[str, Any] = {}
    for line in text.split("\n"):
        if not line.isprintable():
            return None
        if not line or line.startswith("#"):
            continue
        name, _, value = line.partition(" = ")
        words = value[1:-1]
        is_plain = value == f'"{words}"' and not {'"', "\\"} & set(words)
        if name not in _WORDS or name in stored or not is_plain:
            return None
        stored[name] = words
    return stored


def changed(settings: Settings, name: str, value: str) -> Settings:
    """Settings of which one that is a word has another value."""
    return Settings(**{**settings._asdict(), name: value})


def _understood(stored: dict[str, Any], path: Path) -> Settings:
    troubles = []
    words: dict[str, str] = {}
    for name in _WORDS:
        value = stored.get(name, "")
        if isinstance(value, str):
            words[name] = made_safe_line(value)
        else:
            troubles.append(f"In the settings {_name(path)}, {name} is not text in quotes.")
    keys: dict[str, str] = {}
    table = stored.get("keys", {})
    if not isinstance(table, dict):
        troubles.append(f"In the settings {_name(path)}, keys is not a table.")
        table = {}
    for action, key in table.items():
        if isinstance(key, str) and key.strip():
            keys[action] = key.strip()
        else:
            named = made_safe_line(action)
            troubles.append(f"In the settings {_name(path)}, the key of {named} is not in quotes.")
    known = {*_WORDS, "keys"}
    unknown = [made_safe_line(name) for name in stored if name not in known]
    if unknown:
        troubles.append(f"In the settings {_name(path)}, unknown: {', '.join(unknown)}.")
    return Settings(keys=keys, troubles=tuple(troubles), **words)


def change(path: Path, name: str, value: str) -> None:
    """Writes one setting, leaving all else in the file as it is.

    Raises:
        CasebookError: the file is not TOML (it is left as it is), or cannot be written.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    from casebook.atomic import make_folder

    try:
        text = _text_of(path)
        document = tomlkit.parse(text)
        if document.get(name) == value:
            return
        document[name] = value
        make_folder(path.parent, private=True)
        _replace(path, tomlkit.dumps(document))
    except (TOMLKitError, UnicodeDecodeError):
        raise CasebookError(
            f"The settings {_name(path)} are not TOML and are left as they are; correct them first."
        ) from None
    except OSError as error:
        raise CasebookError(
            f"The settings {_name(path)} cannot be written: {error.strerror or error}."
        ) from None


def _text_of(path: Path) -> str:
    """What stands in the file of the settings; where there is none, what one begins with.

    Raises:
        OSError: it cannot be read, or is too long to be settings.
        UnicodeDecodeError: it is not UTF-8.
    """
    try:
        data = read_regular(path, LARGEST + 1)
    except FileNotFoundError:
        return _HEADER
    if len(data) > LARGEST:
        raise OSError(errno.EFBIG, "the file is too long to be settings", str(path))
    return data.decode("utf-8").replace("\r\n", "\n")


def _replace(path: Path, text: str) -> None:
    from casebook.atomic import write_file

    # A link is followed: many people keep their settings elsewhere.
    write_file(Path(os.path.realpath(path)), text.encode("utf-8"), private=True, replace=True)


def _name(path: Path) -> str:
    return made_safe_line(str(path))
