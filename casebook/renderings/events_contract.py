"""The JSON of events; the contract is that of `casebook.renderings.contract`."""

from __future__ import annotations

from casebook.book.account_values import AccountLine
from casebook.book.page_values import DateStep, EventLine, EventRef, ToldLine
from casebook.dates import Bounds
from casebook.renderings.cited_json import Json, citation, cited, volume_said


def bounds(value: Bounds) -> Json:
    """The four bounds of a date, as ISO dates; null where a side is open."""
    earliest_begin, latest_begin, earliest_end, latest_end = value.iso()
    return {
        "earliest_begin": earliest_begin,
        "latest_begin": latest_begin,
        "earliest_end": earliest_end,
        "latest_end": latest_end,
    }


def event(value: EventLine) -> Json:
    """An event, as in `timeline` and `show`."""
    return {
        "entry": value.entry.slug,
        "key": value.key,
        "label": value.label,
        "kind": value.kind,
        "date_text": value.date_text,
        "edtf": value.edtf,
        "inferred": value.inferred,
        **bounds(value.bounds),
        "lane": value.lane,
        "place": value.place_name or None,
        "participants": [
            {"entry": participant.entry.slug, "role": participant.role}
            for participant in value.participants
        ],
        "citations": [citation(cite) for cite in value.citations],
        "told": [_told(line) for line in value.told],
        **volume_said(value.volume),
        **({"derived": _derived(value, value.derived)} if value.derived else {}),
        **_accounts(value),
    }


def _accounts(value: EventLine) -> Json:
    """The accounts of an event, where it has several."""
    return (
        {"accounts": [_account(value, account) for account in value.accounts]}
        if value.accounts
        else {}
    )


def _account(event: EventLine, value: AccountLine) -> Json:
    """What one source says of the date and the place of an event; null for what it does not."""
    return {
        "date_text": value.date_text or None,
        "edtf": value.edtf or None,
        "inferred": bool(value.inferred_from),
        **bounds(value.bounds or Bounds(None, None, None, None)),
        "place": value.place.name if value.place else None,
        **cited(event.citations if value.is_own else value.citations, value.volume or event.volume),
    }


def _event_ref(value: EventRef) -> Json:
    return {"entry": value.entry.slug, "key": value.key}


def _told(value: ToldLine) -> Json:
    """What is told of the order of two events."""
    return {
        "event": _event_ref(value.event),
        "relation": value.relation,
        "other": _event_ref(value.other),
        "says": value.words,
        "by": {
            "text": value.distance,
            "least": value.least or None,
            "most": value.most or None,
            "least_days": value.least_days,
            "most_days": value.most_days,
        },
        "inferred": value.is_inferred,
        **cited(value.citations),
    }


def _derived(value: EventLine, derived: Bounds) -> Json:
    """The bounds that follow from told order, with their reasons."""
    return bounds(derived) | {
        "reasons": {
            reasons.bound.replace(" ", "_"): [_step(step) for step in reasons.steps]
            for reasons in value.reasons
        },
    }


def _step(value: DateStep | ToldLine) -> Json:
    if isinstance(value, ToldLine):
        return {"told": _told(value)}
    return {
        "dated": {
            "event": _event_ref(value.event),
            "date_text": value.date_text,
            "bound": value.bound.replace(" ", "_"),
        }
    }
