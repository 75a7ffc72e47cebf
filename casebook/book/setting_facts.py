"""The lines that say where an entry is, what it makes, how large it is and how it ended.

Pages, matrices and handouts all show them: their names and their order stand here alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casebook.book.values import EntryLine, SettingLine
from casebook.citations import Citation
from casebook.vocabulary import SEALED_WORDS, Sealed

OUTCOME = "Outcome"
"""The name of the line that says how an entry has fared."""


class FactAccount(NamedTuple):
    """What one source says of a line of a setting; see `OutcomeAccount`."""

    words: str
    citations: tuple[Citation, ...]
    added_by: str = ""


class SettingFact(NamedTuple):
    """One line of a setting; without words where the book does not say.

    Attributes:
        citations: what it rests on, and each account of it.
        accounts: what each source says of it and rests on, where they contradict one another;
            else none.
    """

    name: str
    words: str
    citations: tuple[Citation, ...]
    accounts: tuple[FactAccount, ...] = ()


def setting_facts(entry: EntryLine) -> tuple[SettingFact, ...]:
    """The lines of an entry's setting as lists and matrices show them."""
    setting = entry.setting
    return _facts(setting, setting.industry, setting.years, _outcome(entry, with_notes=False))


def full_setting_facts(
    entry: EntryLine, outcome_note: str, *, with_edtf: bool = True
) -> tuple[SettingFact, ...]:
    """The lines of an entry's setting as its page shows them: with codes, and notes on them."""
    setting = entry.setting
    return _facts(
        setting,
        _coded_industries(setting),
        _dated_years(setting, with_edtf=with_edtf),
        _outcome(entry, outcome_note),
    )


def setting_rows(entries: Sequence[EntryLine]) -> list[tuple[str, list[str]]]:
    """The setting lines of several entries side by side: each name, and its words by entry."""
    columns = [setting_facts(entry) for entry in entries]
    return [(row[0].name, [fact.words for fact in row]) for row in zip(*columns, strict=True)]


def _facts(
    setting: SettingLine, industry: str, years: str, outcome: SettingFact
) -> tuple[SettingFact, ...]:
    return (
        SettingFact("Place", setting.place, setting.cited("place")),
        SettingFact("Industry", industry, setting.cited("industry")),
        SettingFact("Size", setting.size, setting.cited("size")),
        SettingFact("Years", years, setting.cited("years")),
        outcome,
    )


def _outcome(entry: EntryLine, note: str = "", *, with_notes: bool = True) -> SettingFact:
    citations = entry.setting.cited("outcome")
    if entry.outcome is Sealed.SEALED:
        return SettingFact(OUTCOME, SEALED_WORDS, citations)
    if not entry.outcome_accounts:
        return SettingFact(OUTCOME, _noted(entry.outcome_said, note), citations)
    accounts = tuple(
        FactAccount(
            _noted(account.outcome.said, account.note if with_notes else ""),
            account.citations,
            account.added_by,
        )
        for account in entry.outcome_accounts
    )
    every = (*citations, *(cite for account in accounts for cite in account.citations))
    return SettingFact(OUTCOME, entry.outcome_said, tuple(dict.fromkeys(every)), accounts)


def _noted(outcome: str, note: str) -> str:
    """An outcome with the reason for it: `failed: it closed`."""
    return ": ".join(filter(None, (outcome, note)))


def _coded_industries(setting: SettingLine) -> str:
    return "; ".join(
        f"{industry.note} (ISIC {industry.code}, {industry.label})"
        if industry.note
        else f"ISIC {industry.code}, {industry.label}"
        for industry in setting.industries
    )


def _dated_years(setting: SettingLine, *, with_edtf: bool) -> str:
    edtf = setting.edtf if with_edtf and setting.edtf != setting.years else ""
    edtf = f" (EDTF {edtf})" if edtf else ""
    inferred = f"; inferred: {setting.inferred_from}" if setting.inferred_from else ""
    return f"{setting.years}{edtf}{inferred}"
