"""Checks CSL files of unknown origin and strips them of links, before pandoc reads them.

A CSL style is XML. pandoc follows a link in it (`independent-parent`) to a local file or an
address on the net, in spite of `--sandbox`. So a style is read here, with bounds and without
a document type, and written anew without any link.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from casebook.errors import CasebookError
from casebook.regular_file import read_regular

LARGEST_STYLE = 1024 * 1024
_DEEPEST = 64
_MOST_MACROS = 2_000
_MOST_EXPANSIONS = 100_000
"""Macros that those of a style may lead to, one by way of another."""

_NAMESPACE = "http://purl.org/net/xbiblio/csl"
_INFO, _LINK = f"{{{_NAMESPACE}}}info", f"{{{_NAMESPACE}}}link"


class StyleError(CasebookError):
    """The file is no citation style that can be used."""


def independent_style(path: Path) -> bytes:
    """The content of a CSL file without any link to another style, a file or an address.

    Raises:
        StyleError: the file cannot be read, is no CSL style, or only refers to another one.
    """
    data = _read(path)
    _check(data, path)
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        raise StyleError(f"{path} is not XML, and so not a citation style.") from None
    if root.tag != f"{{{_NAMESPACE}}}style":
        raise StyleError(f"{path} is XML, but not a citation style (CSL).")
    for info in root.iter(_INFO):
        for link in info.findall(_LINK):
            if link.get("rel") == "independent-parent":
                raise StyleError(
                    f"{path} is a dependent style: it only refers to another one. Use that one."
                )
            info.remove(link)
    if any(True for _ in root.iter(_LINK)):
        raise StyleError(f"{path} is not a valid citation style: it has a link in the wrong place.")
    _check_macros(root, path)
    ElementTree.register_namespace("", _NAMESPACE)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _check_macros(root: ElementTree.Element, path: Path) -> None:
    """Refuses macros that call themselves, or multiply: pandoc's memory has no bound."""
    macros = {macro.get("name", ""): macro for macro in root.iter(f"{{{_NAMESPACE}}}macro")}
    called = {
        name: [part.get("macro", "") for part in macro.iter() if part.get("macro")]
        for name, macro in macros.items()
    }
    expansions: dict[str, int] = {}
    waiting = set(called)
    while waiting and len(macros) <= _MOST_MACROS:
        ready = [name for name in waiting if not waiting & {*called[name]}]
        if not ready:
            raise StyleError(f"{path} has a macro that calls itself, so it has no end.")
        for name in ready:
            expansions[name] = 1 + sum(expansions.get(macro, 0) for macro in called[name])
        waiting.difference_update(ready)
    if waiting or sum(expansions.values()) > _MOST_EXPANSIONS:
        raise StyleError(f"{path} has macros that multiply; no citation style needs so many.")


def _read(path: Path) -> bytes:
    try:
        data = read_regular(path, LARGEST_STYLE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a path"
        raise StyleError(f"{path} cannot be read: {reason}.") from None
    if len(data) > LARGEST_STYLE:
        raise StyleError(f"{path} is too long to be a citation style.")
    return data


def _check(data: bytes, path: Path) -> None:
    """Refuses a document type and deep nesting, before a tree is made of the file.

    Raises:
        StyleError: it has one of them, or is not XML.
    """
    depth = 0

    def refuse_type(*_: object) -> None:
        raise StyleError(f"{path} has a document type, which no citation style needs.")

    def begin(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise StyleError(f"{path} is nested too deeply to be a citation style.")

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_type
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        raise StyleError(f"{path} is not XML, and so not a citation style.") from None
