"""Citation keys: what a source is cited by, `@mitsui2010`.

The id of an item is its key if it is made of Latin letters, digits and `_ : . -`. Programs
export others: addresses (`http://zotero.org/users/1/items/AB`), library numbers (`1/AB`), names
with umlauts. Then the key is the item's `citation-key`, as Better BibTeX exports it; or the id
in plain letters; or, for an id with a slash, the first author and the year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from itertools import chain, count
from string import ascii_lowercase
from typing import Any

from casebook.limits import SOURCE_ID

LONGEST_KEY = 80

_KEY = re.compile(SOURCE_ID)


def is_key(words: Any) -> bool:
    """Whether something can stand behind the `@` of a citation."""
    return isinstance(words, str) and len(words) <= LONGEST_KEY and bool(_KEY.fullmatch(words))


def citation_keys(items: Sequence[Any]) -> list[str]:
    """The key of each item of CSL-JSON; empty for what has no id.

    Keys that had to be made are distinct from all others; two equal ids stay equal.
    """
    given = [_given(item) for item in items]
    taken = set(given)
    made: dict[str, str] = {}
    keys = []
    for item, key in zip(items, given, strict=True):
        identity = str(item.get("id", "")) if isinstance(item, dict) else ""
        if not key and identity and identity not in made:
            made[identity] = distinct(_made(item, identity), taken)
            taken.add(made[identity])
        keys.append(key or made.get(identity, ""))
    return keys


def new_key(item: dict[str, Any], taken: Container[str]) -> str:
    """A key for an item: that which `citation_keys` gives it, or one like it that is not taken."""
    return distinct(citation_keys([item])[0] or _author_and_year(item), taken)


def distinct(key: str, taken: Container[str]) -> str:
    """The key, or the first like it that is not taken: `minato2019a`, `ministry-2`."""
    if key not in taken:
        return key
    stem = key[: LONGEST_KEY - 8]
    letters = (f"{stem}{letter}" for letter in ascii_lowercase if stem[-1:].isdigit())
    numbers = (f"{stem}-{number}" for number in count(2))
    return next(longer for longer in chain(letters, numbers) if longer not in taken)


def _given(item: Any) -> str:
    identity = item.get("id", "") if isinstance(item, dict) else ""
    identity = str(identity) if isinstance(identity, int) else identity
    return identity if is_key(identity) else ""


def _made(item: dict[str, Any], identity: str) -> str:
    if is_key(named := item.get("citation-key")):
        return str(named)
    plain = "" if "/" in identity else _plain(identity, r"[^A-Za-z0-9_:.-]+", "-").strip("-:._")
    return plain if is_key(plain) else _author_and_year(item)


def _author_and_year(item: dict[str, Any]) -> str:
    names = [
        str(name.get("family") or name.get("literal") or name.get("given") or "")
        for role in ("author", "editor")
        if isinstance(held := item.get(role), list)
        for name in held
        if isinstance(name, dict)
    ]
    title = str(item.get("title") or "").split()
    words = [*names[:1], *(word for word in title if len(word) > 3), "source"]
    stem = next(filter(None, (_plain(word, r"[^A-Za-z0-9]+", "").lower() for word in words)))
    return stem[:40] + year_of(item)


def year_of(item: dict[str, Any]) -> str:
    """The four digits of the year an item was issued, or nothing."""
    issued = item.get("issued")
    found = re.search(r"(?<!\d)\d{4}(?!\d)", str(issued)) if issued else None
    return found[0] if found else ""


def _plain(words: str, others: str, instead: str) -> str:
    letters = unicodedata.normalize("NFKD", words.replace("ß", "ss")).encode("ascii", "ignore")
    return re.sub(others, instead, letters.decode())[:LONGEST_KEY]
