"""What the words of a plan tell of its hidden cases, which students are not to read.

The same words are left out of the public part of the plan; see `casebook.seminar.planned`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebook.book.connection import Book
from casebook.book.rows import text
from casebook.pack.sealed_entries import SealedEntry, names_pattern, sealed_entry, seen_title
from casebook.seminar.planned import Seminar, questions_of_hidden, told_too_early


def hidden_entries(book: Book, seminar: Seminar) -> list[SealedEntry]:
    """The hidden cases of a plan, with their names and the questions that a book asks of them.

    Those that the book does not have are left out.
    """
    found = []
    for case in seminar.cases:
        if case.hidden:
            found += [
                sealed_entry(
                    case.slug,
                    title,
                    _texts(book, _ALIASES, case.slug),
                    _texts(book, _QUESTIONS, case.slug),
                )
                for title in _texts(book, "SELECT title FROM entry WHERE slug = ?", case.slug)
            ]
    return found


_ALIASES = (
    "SELECT a.text FROM alias AS a JOIN entry AS e ON e.id = a.entry_id WHERE e.slug = ?"
    " ORDER BY a.position"
)
_QUESTIONS = (
    "SELECT q.text FROM question AS q JOIN entry AS e ON e.id = q.entry_id WHERE e.slug = ?"
    " ORDER BY q.position"
)


_ONLY_OF_HIDDEN = (
    "this question is asked only in steps about a hidden case; it is left out for students"
)


def still_seen(book: Book, hidden: Sequence[SealedEntry]) -> dict[str, list[str]]:
    """What students see of each hidden case before it is revealed, by its slug.

    The title of an entry and a slug stay in every edition.
    """
    slugs = {entry.slug for entry in hidden}
    patterns = {entry.slug: names_pattern(entry.names) for entry in hidden}
    found = {e.slug: [e.seen_by_slug] if e.is_named_by_its_slug else [] for e in hidden}
    if hidden:
        for slug, title in book.ask("SELECT slug, title FROM entry ORDER BY id"):
            for named, pattern in patterns.items():
                if slug not in slugs and pattern and pattern.search(text(title)):
                    found[named].append(seen_title(text(title)))
    return found


def remarks_on_names(
    book: Book, seminar: Seminar, hidden: Sequence[SealedEntry]
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """What students see of each hidden case, by its place in the plan, and what can be done."""
    seen = still_seen(book, hidden)
    for number, case in enumerate(seminar.cases):
        if told := seen.get(case.slug):
            words = (
                f"students will see {' and '.join(told)} before the case is revealed; a case whose"
                " name must not be known needs a slug such as case-b, and titles that do not name"
                " it, in a pack of your own"
            )
            yield ("cases", number), words


def _texts(book: Book, query: str, slug: str) -> list[str]:
    return [text(words) for (words,) in book.ask(query, [slug])]


def tellings(
    seminar: Seminar, hidden: Sequence[SealedEntry]
) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Where a plan tells of its hidden cases and in what words.

    What tells of one in the title or the slug cannot be left out.
    """
    slugs = {entry.slug for entry in hidden}
    for name, words in (("seminar", seminar.slug.replace("-", " ")), ("title", seminar.title)):
        for entry in hidden:
            if entry.is_named_by(words):
                yield (
                    (name,),
                    f"this names the hidden case '{entry.title}' to students; choose other words",
                )
    for number, part in enumerate(seminar.reveal):
        if early := told_too_early(seminar, part):
            yield (
                ("reveal", number),
                f"the narrative of this case may tell {early}, which is revealed after it",
            )
    of_hidden = questions_of_hidden(seminar, slugs)
    for number, asked in enumerate(seminar.questions):
        if why := _why(asked, hidden):
            yield ("questions", number), f"this question {why}; it is left out for students"
        elif asked in of_hidden:
            yield ("questions", number), _ONLY_OF_HIDDEN
    for number, step in enumerate(seminar.steps):
        if step.case in slugs:
            own = bool(step.question) and step.question not in seminar.questions
            what = "this step and its question are" if own else "this step is"
            left_out = "they are" if own else "it is"
            yield (
                ("steps", number),
                f"{what} about a hidden case; {left_out} left out for students",
            )
            continue
        if why := _why(step.title, hidden):
            yield ("steps", number, "title"), f"this step {why}; it is left out for students"
        elif step.question not in seminar.questions and (why := _why(step.question, hidden)):
            yield (
                ("steps", number, "question"),
                f"this question {why}; it is left out for students",
            )


def _why(words: str, hidden: Sequence[SealedEntry]) -> str:
    """How words tell of a hidden case; empty where they do not."""
    for entry in hidden:
        if entry.is_named_by(words):
            return f"names the hidden case '{entry.title}'"
        if entry.is_asked_by(words):
            return f"is the book's own about the hidden case '{entry.title}'"
    return ""
