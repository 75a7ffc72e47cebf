"""YAML as a pack may use it: mappings, lists and words, each with its line and column.

No anchors, aliases, tags, merge keys, duplicate keys or deep nesting, and every scalar
stays the words that were typed, so that `NO` is Norway and `1.10` an edition. The pure
Python parser is used on purpose: libyaml can be crashed by 60 KB of brackets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from casebook.pack.problems import Problems, Spot
from casebook.pack.yaml_hints import CommentError, Loader, hint, in_quotes, odd_blank
from casebook.safe_text import made_safe

DEEPEST = 8
LONGEST = 64 * 1024
LONGEST_FILE = 4 * 1024 * 1024
"""For the files that are YAML alone; front matter is held to `LONGEST`."""


@dataclass(slots=True)
class Node:
    """A piece of YAML and where it stands.

    `value` is a `str`, a `list[Node]` or a `dict[str, Node]`; `keys` says where each key
    of a mapping stands; `quoted` tells an empty word from nothing at all.
    """

    spot: Spot
    value: str | list[Node] | dict[str, Node]
    keys: dict[str, Spot] = field(default_factory=dict)
    quoted: bool = False

    def plain(self) -> Any:
        """The same without positions; an unquoted nothing becomes None."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return None if self.value == "" and not self.quoted else self.value

    def spot_of(self, path: tuple[int | str, ...]) -> Spot:
        """Where the value at a path of keys and indexes stands, or its nearest parent."""
        node: Node = self
        spot = self.spot
        for step in path:
            if isinstance(node.value, dict) and step in node.value:
                spot = node.keys[str(step)]
                node = node.value[str(step)]
            elif isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                spot = node.spot
            else:
                break
        return spot

    def without(self, paths: Iterable[tuple[int | str, ...]]) -> Node | None:
        """The tree without the innermost list item on each path, else without the key at its end.

        None where a path leads to nothing that could be left out.
        """
        cuts = {self._cut_on(path) for path in paths}
        rest = self
        for cut in sorted(cuts, key=_last_first):
            if not cut:
                return None
            rest = rest._cut(list(cut))
        return rest

    def _cut_on(self, path: tuple[int | str, ...]) -> tuple[int | str, ...]:
        """The part of a path that leads to what can be left out; nothing if there is none."""
        node: Node = self
        known = 0
        item = 0
        for step in path:
            if isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                item = known + 1
            elif isinstance(node.value, dict) and step in node.value:
                node = node.value[str(step)]
            else:
                break
            known += 1
        return path[: item or (known if known == len(path) else 0)]

    def _cut(self, path: list[int | str]) -> Node:
        step, *rest = path
        if isinstance(self.value, dict):
            kept = dict(self.value)
            item = kept.pop(str(step))
            if rest:
                kept[str(step)] = item._cut(rest)
            return replace(self, value=kept)
        assert isinstance(self.value, list)
        at = int(step)
        between = [self.value[at]._cut(rest)] if rest else []
        return replace(self, value=[*self.value[:at], *between, *self.value[at + 1 :]])


def tree_of(value: Any, spot: Spot) -> Node:
    """The tree of values that are known, as that of their YAML: every scalar is words.

    Args:
        spot: where all of it is said to stand.
    """
    if isinstance(value, dict):
        values = {made_safe(str(key)): tree_of(item, spot) for key, item in value.items()}
        return Node(spot, values, dict.fromkeys(values, spot))
    if isinstance(value, list):
        return Node(spot, [tree_of(item, spot) for item in value])
    if value is None:
        return Node(spot, "")
    words = str(value).lower() if isinstance(value, bool) else str(value)
    return Node(spot, made_safe(words), quoted=isinstance(value, str))


def _last_first(path: tuple[int | str, ...]) -> list[tuple[int, str]]:
    """Sorts later items before earlier ones, and what is within before what holds it."""
    steps = [(-step, "") if isinstance(step, int) else (1, step) for step in path]
    return [*steps, (2, "")]


class _RefusedError(Exception):
    def __init__(self, spot: Spot, message: str) -> None:
        super().__init__(message)
        self.spot = spot
        self.message = message


def read_yaml(
    text: str, file: str, problems: Problems, *, first_line: int = 1, longest: int = LONGEST
) -> Node | None:
    """The tree of a YAML text, or None with the reason among the problems.

    Args:
        text: one YAML document.
        file: how problems name the file.
        first_line: the line of the file on which the text begins.
        longest: how many bytes of it are read at the most.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > longest:
        problems.add(Spot(file, first_line), f"{size} bytes of YAML; at most {longest} are read")
        return None
    if odd := odd_blank(text):
        at, name = odd
        line = text.count("\n", 0, at)
        spot = Spot(file, first_line + line, at - text.rfind("\n", 0, at))
        problems.add(spot, f"{name} stands where YAML needs a space; write a space in its place")
        return None
    lines = text.split("\n")
    try:
        events = yaml.parse(text, Loader=Loader)
        return _TreeReader(events, file, first_line, lines).document()
    except _RefusedError as refusal:
        problems.add(refusal.spot, refusal.message)
    except CommentError as error:
        mark = error.problem_mark
        assert mark is not None
        spot = Spot(file, mark.line + first_line, mark.column + 1)
        problems.add(spot, f"{error.problem}; a comment has two spaces before # and one after it")
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if error.problem == "found unexpected end of stream" and error.context_mark:
            mark = error.context_mark
        line = mark.line + first_line if mark else first_line
        column = mark.column + 1 if mark else 1
        trouble = (error.problem or error.context or "") + hint(error, lines, first_line)
        problems.add(Spot(file, line, column), f"this is not YAML, at column {column}: {trouble}")
    except yaml.reader.ReaderError as error:
        line = first_line + text.count("\n", 0, error.position)
        problems.add(Spot(file, line), f"U+{_code(error.character):04X} is not allowed in YAML")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problems.add(Spot(file, first_line), f"this is not YAML: {error}")
    return None


def _code(character: int | str | bytes) -> int:
    if isinstance(character, int):
        return character
    return character[0] if isinstance(character, bytes) else ord(character)


class _TreeReader:
    """Builds the tree from the parser's events, refusing what a pack may not use."""

    def __init__(self, events: Iterator[Any], file: str, first_line: int, lines: list[str]) -> None:
        self.events = events
        self.file = file
        self.first_line = first_line
        self.lines = lines

    def document(self) -> Node:
        empty = Node(Spot(self.file, self.first_line), "")
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    raise _RefusedError(
                        self.spot(event), "a second document; a pack's file holds one"
                    )
                root = self.node(next(self.events), depth=1)
        return root or empty

    def spot(self, event: Any) -> Spot:
        mark = event.start_mark
        return Spot(self.file, mark.line + self.first_line, mark.column + 1)

    def in_quotes(self, spot: Spot) -> str:
        return in_quotes(self.lines[spot.line - self.first_line])

    def node(self, event: Any, depth: int) -> Node:
        spot = self.spot(event)
        if isinstance(event, yaml.AliasEvent):
            raise _RefusedError(
                spot, f"*{event.anchor}: aliases are not used in a pack{self.in_quotes(spot)}"
            )
        if getattr(event, "anchor", None):
            raise _RefusedError(
                spot, f"&{event.anchor}: anchors are not used in a pack{self.in_quotes(spot)}"
            )
        if getattr(event, "tag", None) not in (None, "!"):
            raise _RefusedError(
                spot, f"{event.tag}: tags are not used in a pack{self.in_quotes(spot)}"
            )
        if depth > DEEPEST:
            raise _RefusedError(spot, f"nested more than {DEEPEST} deep")
        if isinstance(event, yaml.ScalarEvent):
            quoted = event.style is not None
            words = "" if not quoted and event.value in ("~", "null") else event.value
            return Node(spot, made_safe(words), quoted=quoted)
        if isinstance(event, yaml.SequenceStartEvent):
            return Node(spot, self.items(depth))
        return self.mapping(spot, depth)

    def is_without_colon(self, event: Any) -> bool:
        """Whether a value is nothing because words between two commas were taken for a key."""
        if not isinstance(event, yaml.ScalarEvent) or event.value or event.style is not None:
            return False
        mark = event.start_mark
        assert mark is not None
        line = self.lines[mark.line] if mark.line < len(self.lines) else ""
        before, after = line[: mark.column].rstrip(), line[mark.column :]
        return after.startswith((",", "}")) and not before.endswith(":")

    def items(self, depth: int) -> list[Node]:
        found: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.node(event, depth + 1))
        return found

    def mapping(self, spot: Spot, depth: int) -> Node:
        values: dict[str, Node] = {}
        keys: dict[str, Spot] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            if not isinstance(key.value, str):
                raise _RefusedError(key.spot, "a key must be a word")
            if key.value == "<<":
                raise _RefusedError(key.spot, "<<: merge keys are not used in a pack")
            if key.value in values:
                first = keys[key.value].line
                raise _RefusedError(key.spot, f"'{key.value}' occurs twice; first on line {first}")
            keys[key.value] = key.spot
            said = next(self.events)
            if self.is_without_colon(said):
                raise _RefusedError(
                    key.spot,
                    f"'{key.value}' is a key without a value; within {{ and }}, put text that"
                    " holds a comma in quotes",
                )
            values[key.value] = self.node(said, depth + 1)
        return Node(spot, values, keys)
