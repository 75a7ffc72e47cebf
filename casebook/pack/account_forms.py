"""The forms of what other sources say of a rating or an outcome."""

from __future__ import annotations

from casebook.pack.form_values import CitedText, Form, Line
from casebook.vocabulary import GivenRating


class RatingAccountForm(Form):
    """Another reading of an entry on a point."""

    rating: GivenRating
    evidence: CitedText


class AddedRatingAccountForm(RatingAccountForm):
    point: Line
    """`success-checklist a`, on which an earlier volume rates the entry."""


class OutcomeAccountForm(Form):
    """Another account of how an entry has fared."""

    outcome: CitedText
    """`failed: why the source says so [@…]`."""
