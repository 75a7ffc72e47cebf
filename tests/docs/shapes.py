"""The shapes of JSON, as docs/commands.md draws them: `[{slug, places?: [Place]}]`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from tests.docs.documents import code_blocks


class ListOf(NamedTuple):
    """A list; `item` is None where its items are plain."""

    item: Shape | None


class ObjectOf(NamedTuple):
    """An object: the shape of each key, and which keys may be missing."""

    keys: dict[str, Shape | None]
    optional: frozenset[str]


Shape = ListOf | ObjectOf | str
"""A list, an object, or the name of another shape."""

_TOKEN = re.compile(r'[\[\]{},?*:]|\w+|"[^"]*"')
ANY = "*"
"""The key of an object whose keys are slugs, or other words that no one can list."""


def read_shapes(text: str) -> dict[str, Shape]:
    """The shapes of a document by name."""
    found: dict[str, Shape] = {}
    for line in code_blocks(text):
        opening = text.splitlines()[line.line - 1]
        name = re.search(r"shape=(\S+)", opening)
        if name:
            tokens = _TOKEN.findall(line.text)
            shape = _parsed(tokens)
            assert shape is not None, name[1]
            assert not tokens, f"{name[1]}: {tokens}"
            found[name[1]] = shape
    return found


def _parsed(tokens: list[str]) -> Shape | None:
    token = tokens.pop(0)
    if token == "[":
        item = None if tokens[0] == "]" else _parsed(tokens)
        assert tokens.pop(0) == "]"
        return ListOf(item)
    if token != "{":
        return token
    keys: dict[str, Shape | None] = {}
    optional = set()
    while tokens[0] != "}":
        key = tokens.pop(0).strip('"')
        if tokens[0] == "?":
            tokens.pop(0)
            optional.add(key)
        if tokens[0] == ":":
            tokens.pop(0)
            keys[key] = _parsed(tokens)
        else:
            keys[key] = None
        if tokens[0] == ",":
            tokens.pop(0)
    tokens.pop(0)
    return ObjectOf(keys, frozenset(optional))


def faults(
    value: Any, shape: Shape | None, shapes: dict[str, Shape], at: str = ""
) -> Iterator[str]:
    """Where a value has another shape than that."""
    while isinstance(shape, str):
        shape = shapes[shape]
    if shape is None:
        if isinstance(value, list | dict):
            yield f"{at}: a {type(value).__name__} that is not described"
    elif isinstance(shape, ListOf):
        if not isinstance(value, list):
            yield f"{at}: no list"
            return
        for item in value:
            yield from faults(item, shape.item, shapes, f"{at}[]")
    elif not isinstance(value, dict):
        if value is not None:
            yield f"{at}: no object"
    else:
        if ANY in shape.keys:
            for key, inner in value.items():
                yield from faults(inner, shape.keys[ANY], shapes, f"{at}.{key}")
            return
        wanted = [key for key in shape.keys if key in value or key not in shape.optional]
        if list(value) != wanted:
            yield f"{at}: {list(value)}, not {wanted}"
            return
        for key, inner in value.items():
            yield from faults(inner, shape.keys[key], shapes, f"{at}.{key}")


def unseen(values: Iterable[Any], shape: Shape | None) -> Iterator[str]:
    """The keys of a shape that none of some values has; shapes with names are left aside."""
    every = [value for value in values if value is not None]
    if isinstance(shape, ListOf):
        yield from unseen([item for value in every for item in value], shape.item)
    elif isinstance(shape, ObjectOf) and ANY not in shape.keys:
        for key, inner in shape.keys.items():
            having = [value[key] for value in every if key in value]
            if having:
                yield from (f"{key}.{below}" for below in unseen(having, inner))
            elif key != "inferred_from":  # any statement may have it, few do
                yield key


def keys_of(shape: Shape | None) -> Iterator[str]:
    """The names of the shapes that one is made of."""
    if isinstance(shape, str):
        yield shape
    elif isinstance(shape, ListOf):
        yield from keys_of(shape.item)
    elif isinstance(shape, ObjectOf):
        for inner in shape.keys.values():
            yield from keys_of(inner)
