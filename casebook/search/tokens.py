"""The words of running text as the full-text index keeps them."""

from __future__ import annotations

import re

from casebook.search.folding import is_cjk, words

LONGEST_TOKEN = 40

_HYPHENED = re.compile(r"\w+(?:[-\u2010\u2011]\w+)+")
_HYPHEN = re.compile("[-\u2010\u2011]")


def tokens_of(folded: str) -> set[str]:
    """The tokens of a folded text: its words, and of kana and kanji every two in a row.

    A word with hyphens is also found without them. The last character of a run stands by
    itself, so that one kanji finds every word it begins or ends.
    """
    found: set[str] = set()
    for word in set(words(folded)):
        if is_cjk(word):
            found.update(word[at : at + 2] for at in range(len(word)))
        else:
            found.add(word[:LONGEST_TOKEN])
    if _HYPHEN.search(folded):
        for hyphened in _HYPHENED.findall(folded):
            found.add(_HYPHEN.sub("", hyphened)[:LONGEST_TOKEN])
    return found


def wanted_tokens(word: str) -> list[str]:
    """The tokens by which one word of a query is looked for; the last may be a beginning."""
    if is_cjk(word):
        return [word[at : at + 2] for at in range(len(word) - 1)] or [word]
    return [word[:LONGEST_TOKEN]]
