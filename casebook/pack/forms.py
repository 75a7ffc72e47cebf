"""What each file of a pack may say: one form for each sort of thing, filled from YAML.

Everything in YAML arrives as words; the forms give it its type. A text that may be cited
ends in its citations: `"Growers agree on a levy [@mitsui2010, para. 64]"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from casebook.citations import Citation, CitationError
from casebook.dates import Bounds, DateError
from casebook.durations import Duration, parse_duration
from casebook.edtf import bounds_of
from casebook.limits import CRITERION_KEY, LONGEST_CRITERION_KEY, SLUG
from casebook.pack.account_forms import (
    AddedRatingAccountForm,
    OutcomeAccountForm,
    RatingAccountForm,
)
from casebook.pack.advice import form_advice, meant_as_words
from casebook.pack.citations import split_trailing
from casebook.pack.date_guesses import guessed
from casebook.pack.exhibit_forms import ExhibitForm
from casebook.pack.figure_forms import FIGURE_VALUE, AddedFigureAccountForm, FigureAccountValue
from casebook.pack.form_keys import keys_at
from casebook.pack.form_values import (
    LONGEST_TEXT,
    CitedText,
    Form,
    Line,
    Prose,
    Slug,
    Some,
    Title,
    cited_parts,
)
from casebook.pack.problems import Problems
from casebook.pack.teaching_forms import QuestionValue, TeachingForm
from casebook.pack.yaml_tree import Node
from casebook.statement_kinds import EventKind, FigureKind
from casebook.told_relations import TimeRelation
from casebook.vocabulary import AliasKind, GivenRating, Kind

MOST_ATTEMPTS = 3
"""How often a form is filled again without what was wrong with it."""


class When(BaseModel):
    """A date: the source's words, an EDTF string and its bounds."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    text: Line
    edtf: Line
    inferred: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] = ""
    citations: tuple[Citation, ...] = ()
    bounds: Bounds


def _when(value: Any) -> Any:
    if isinstance(value, str):
        value = {"text": value, "edtf": value}
    if not isinstance(value, dict) or "bounds" in value or "citations" in value:
        return value
    text = value.get("text")
    if not isinstance(text, str):
        return value
    try:
        plain, citations = split_trailing(text)
    except CitationError as error:
        raise ValueError(str(error)) from None
    edtf = value.get("edtf", plain)
    if edtf == text:
        edtf = plain
    if not isinstance(edtf, str):
        return value
    try:
        bounds = bounds_of(edtf)
    except DateError as error:
        found = guessed(edtf)
        if found:
            raise ValueError(f'{error}; write {{text: {plain}, edtf: "{found.edtf}"}}') from None
        raise ValueError(
            f"{error}; write {{text: the source's words, edtf: 1995/1999}}"
            if "edtf" not in value or edtf == plain
            else str(error)
        ) from None
    return value | {"text": plain, "edtf": edtf, "citations": citations, "bounds": bounds}


WhenValue = Annotated[When, BeforeValidator(_when)]


class AliasForm(Form):
    text: Line
    kind: AliasKind
    note: CitedText | None = None


class SettingForm(Form):
    place: CitedText
    """Place slugs, the main one first, separated by commas."""
    industry: Some[CitedText] = []
    """`0119 what it grows`: an ISIC Rev. 4 code, then words of one's own."""
    size: CitedText | None = None
    years: WhenValue | None = None


class RelationForm(Form):
    role: Line
    to: Slug
    as_: Line | None = Field(default=None, alias="as")
    note: CitedText


class PersonForm(Form):
    name: Line
    role: Line
    note: CitedText


class ParticipantForm(Form):
    entry: Slug
    as_: Line | None = Field(default=None, alias="as")


def _duration(value: Any) -> Any:
    return parse_duration(value.strip()) if isinstance(value, str) else value


DurationValue = Annotated[Duration, BeforeValidator(_duration)]


class DistanceForm(Form):
    """The time from the beginning of the earlier event to that of the later one."""

    text: Line
    least: DurationValue | None = None
    most: DurationValue | None = None

    @model_validator(mode="after")
    def _is_possible(self) -> DistanceForm:
        if self.least and self.most and self.least.fewest > self.most.most:
            raise ValueError(f"at least {self.least.text} is more than at most {self.most.text}")
        return self


def _told(value: Any) -> Any:
    """The short form of a told order: `web-sales [@mitsui2010, para. 68]`."""
    if not isinstance(value, str):
        return value
    cited = cited_parts(value)
    return {"event": cited["plain"], "says": cited | {"plain": ""}}


class ToldForm(Form):
    event: Annotated[
        str,
        StringConstraints(pattern=f"^({SLUG}/)?{SLUG}$", max_length=161),
    ]
    """The key of an event of the same entry, or `entry/key`."""
    says: CitedText
    by: DistanceForm | None = None


ToldValue = Annotated[ToldForm, BeforeValidator(_told)]


class AccountForm(Form):
    """Another account of the date of an event, or of its place, or of both."""

    when: WhenValue | None = None
    place: CitedText | None = None

    @model_validator(mode="after")
    def _says_something(self) -> AccountForm:
        if self.when is None and self.place is None:
            raise ValueError("an account says 'when' or a 'place', or both")
        return self


class EventForm(Form):
    key: Slug
    what: CitedText
    short: Annotated[Line, StringConstraints(max_length=28)] | None = None
    when: WhenValue
    kind: EventKind
    place: Line | None = None
    """A slug; a name is told with the slug of the place that bears it."""
    with_: list[ParticipantForm] = Field(default=[], alias="with")
    accounts: Some[AccountForm] = []
    after: Some[ToldValue] = []
    before: Some[ToldValue] = []
    during: Some[ToldValue] = []

    def told(self) -> Iterator[tuple[TimeRelation, int, ToldForm]]:
        """What is told of its place among others: relation, place in its list, statement."""
        for relation in TimeRelation:
            listed: list[ToldForm] = getattr(self, relation.value)
            for number, statement in enumerate(listed):
                yield relation, number, statement


class FigureForm(Form):
    slug: Slug
    value: Annotated[str, StringConstraints(pattern=FIGURE_VALUE)]
    unit: Line
    qualifier: Line | None = None
    measures: CitedText
    kind: FigureKind = FigureKind.STATED
    when: WhenValue | None = None
    survey: Line | None = None
    surveyor: Slug | None = None
    about: Some[Slug] = []
    not_: Prose | None = Field(default=None, alias="not")
    accounts: Some[FigureAccountValue] = []


class AssessmentForm(Form):
    point: Line
    """`success-checklist a`."""
    rating: GivenRating
    evidence: CitedText
    accounts: Some[RatingAccountForm] = []


class PartsForm(Form):
    """What a file says of an entry, be it the entry's own or one that adds to it."""

    relations: list[RelationForm] = []
    events: list[EventForm] = []
    figures: list[FigureForm] = []
    assessments: list[AssessmentForm] = []
    exhibits: list[ExhibitForm] = []
    questions: list[QuestionValue] = []


class EntryForm(PartsForm):
    kind: Kind
    title: Title
    unnamed: bool = False
    aliases: list[AliasForm] = []
    summary: Prose
    setting: SettingForm
    outcome: CitedText | None = None
    """`success: why the book says so [@…]`."""
    accounts: Some[OutcomeAccountForm] = []
    people: list[PersonForm] = []
    teaching: TeachingForm | None = None
    teaching_note: Some[Prose] = []


class AddedAccountForm(AccountForm):
    event: Slug
    """The key of an event of an earlier volume."""


def _added_account(value: Any) -> str:
    """What an account is of, by its keys."""
    keys = value if isinstance(value, dict) else {}
    return next((key for key in ("figure", "point", "outcome") if key in keys), "event")


AddedAccountValue = Annotated[
    Annotated[AddedAccountForm, Tag("event")]
    | Annotated[AddedFigureAccountForm, Tag("figure")]
    | Annotated[AddedRatingAccountForm, Tag("point")]
    | Annotated[OutcomeAccountForm, Tag("outcome")],
    Discriminator(_added_account),
]


class AdditionForm(PartsForm):
    adds_to: Slug
    """The slug of an entry of an earlier volume; the file bears the same name."""
    accounts: Some[AddedAccountValue] = []


def _foundation(value: Any) -> Any:
    """The short form of a volume that another builds on: its slug alone."""
    return {"slug": value} if isinstance(value, str) else value


class FoundationForm(Form):
    slug: Slug
    edition: Line | None = None
    """The least edition that will do."""


class BookForm(Form):
    slug: Slug
    title: Line
    edition: Line
    description: Prose
    language: Line = "en"
    licence: Line = ""
    builds_on: Some[Annotated[FoundationForm, BeforeValidator(_foundation)]] = []


class PlaceForm(Form):
    slug: Slug
    name: Line
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    within: Slug | None = None
    lane: Line | None = None
    aliases: list[Line] = []
    note: Prose | None = None
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None


class PlacesForm(Form):
    places: list[PlaceForm]


class TermForm(Form):
    slug: Slug
    term: Line
    aliases: list[Line] = []
    definition: CitedText
    entry: Slug | None = None


class GlossaryForm(Form):
    terms: list[TermForm]


class FiguresForm(Form):
    figures: list[FigureForm]


class CriterionForm(Form):
    key: Annotated[
        str, StringConstraints(pattern=f"^{CRITERION_KEY}$", max_length=LONGEST_CRITERION_KEY)
    ]
    title: Title
    text: CitedText
    points: list[CriterionForm] = []


def criteria_within(points: Iterable[CriterionForm]) -> Iterator[CriterionForm]:
    """The points of a framework, each before its own sub-points."""
    for point in points:
        yield point
        yield from criteria_within(point.points)


class FrameworkForm(Form):
    title: Title
    position: int = Field(ge=1, le=999)
    description: CitedText
    assessed: bool = True
    points: Annotated[list[CriterionForm], Field(min_length=1, max_length=200)]


class OutlineForm(Form):
    source: Line
    paragraphs: dict[int, Prose]


_Filled = TypeVar("_Filled", bound=Form)


def fill(
    form: type[_Filled], node: Node, problems: Problems
) -> tuple[_Filled, Node] | tuple[None, None]:
    """A form filled from a tree, and the part of the tree that fills it.

    What is wrong goes to the problems and is left out, so that the rest can still be held
    against other files. (None, None) where what is left fills no form.
    """
    if not isinstance(node.value, dict):
        problems.add(node.spot, "this must be a mapping: key: value")
        return None, None
    rest: Node | None = node
    for attempt in range(MOST_ATTEMPTS):
        if rest is None:
            break
        try:
            return form.model_validate(_without_nothings(rest.plain())), rest
        except ValidationError as error:
            details = error.errors(include_url=False)
        paths = [tuple(_path_in_pack(finding["loc"])) for finding in details]
        if attempt == 0:
            # Where 'titel' stands, 'title' is not missing.
            mistyped = {
                (*path[:-1], nearest(str(path[-1]), keys_at(form, path)))
                for path, finding in zip(paths, details, strict=True)
                if finding["type"] == "extra_forbidden"
            }
            for path, finding in zip(paths, details, strict=True):
                if finding["type"] != "missing" or path not in mistyped:
                    problems.add(node.spot_of(path), _sentence(form, finding))
        rest = rest.without(paths)
    return None, None


def _without_nothings(value: Any) -> Any:
    """A key with nothing behind it says nothing."""
    if isinstance(value, dict):
        return {key: _without_nothings(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_nothings(item) for item in value if item is not None]
    return value


_NOT_STEPS = ("function-", "literal[", "[key]")


def _path_in_pack(loc: tuple[int | str, ...]) -> Iterator[int | str]:
    for step in loc:
        if isinstance(step, str) and step.startswith(_NOT_STEPS):
            continue
        yield step


def _sentence(form: type[Form], details: ErrorDetails) -> str:
    """pydantic's finding in an author's words."""
    loc = [str(step) for step in _path_in_pack(details["loc"])]
    name = loc[-1] if loc else "this"
    label = f"item {int(name) + 1} of '{loc[-2]}'" if name.isdigit() and loc[1:] else f"'{name}'"
    context = details.get("ctx", {})
    value = details.get("input")
    match details["type"]:
        case "missing":
            return f"'{name}' is missing"
        case "extra_forbidden":
            known = keys_at(form, tuple(_path_in_pack(details["loc"])))
            return f"'{name}' is not a key here{guess(name, known)}"
        case "enum" | "literal_error":
            expected = str(context.get("expected", ""))
            words = re.findall(r"'([^']*)'", expected)
            return (
                f"{name} '{value}' is not known{guess(str(value), words)}; use {', '.join(words)}"
            )
        case "value_error":
            return str(context.get("error", details["msg"]))
        case "string_type":
            return f"{label} must be text{meant_as_words(value)}"
        case "list_type":
            return f"{label} must be a list"
        case "dict_type" | "model_type":
            keys = ", ".join(keys_at(form, (*_path_in_pack(details["loc"]), "")))
            return (
                f"{label} must be a mapping: key: value{f'; its keys are {keys}' if keys else ''}"
            )
        case "string_too_short":
            return f"{label} is empty"
        case "string_too_long" | "too_long" if isinstance(value, str):
            return f"{label} has more than {context.get('max_length')} characters"
        case "string_pattern_mismatch":
            name = loc[-2] if name.isdigit() and loc[1:] else name
            return f"'{value}' is not valid for '{name}'{form_advice(name, str(value))}"
        case "bool_parsing" | "bool_type":
            return f"'{name}' must be true or false"
        case "int_parsing" | "int_type":
            return f"'{value}' is not a whole number"
        case _:
            return f"{label}: {details['msg'][:1].lower()}{details['msg'][1:]}"


def guess(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'summary'?` where a known word is near; else nothing."""
    best = nearest(word, known)
    return f"; did you mean '{best}'?" if best else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is nearest to another; empty where none is near."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    best = process.extractOne(
        word, list(known), scorer=OSA.normalized_similarity, processor=str.casefold,
        score_cutoff=0.6,
    )  # fmt: skip
    return best[0] if best else ""
