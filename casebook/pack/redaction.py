"""What a students' edition leaves out of its packs, before any row of a book is made of them.

What is left out never reaches the file, so that neither its index nor its free pages hold it.
Each field of what a pack says of an entry is decided on here; a test holds the decision to
the forms, so that a new field is not handed out unasked.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeVar, cast

from pydantic import BaseModel

from casebook.book.edition import ENTRY, OUTCOMES, RATINGS
from casebook.citations import OWN, Citation
from casebook.errors import CasebookError
from casebook.pack.account_forms import AddedRatingAccountForm, RatingAccountForm
from casebook.pack.figure_forms import AddedFigureAccountForm
from casebook.pack.form_values import Cited
from casebook.pack.forms import (
    AddedAccountForm,
    AssessmentForm,
    EntryForm,
    EventForm,
    FiguresForm,
    OutlineForm,
    PlacesForm,
    SettingForm,
    guess,
)
from casebook.pack.markdown import WrittenPassage
from casebook.pack.problems import Spot
from casebook.pack.reader import Draft, EntryDraft, Filed, Pack
from casebook.pack.sealed_entries import (
    SealedEntry,
    names_pattern,
    sealed_entry,
    seen_title,
)
from casebook.pack.sealed_places import places_of_sealed
from casebook.pack.sources import SourceList
from casebook.pack.told import EventId
from casebook.rating_signs import SEALED_SENTENCE
from casebook.text import Block, MarkKind, PassageLine, Text
from casebook.told_relations import TimeRelation
from casebook.vocabulary import SEALED_WORDS

FOR_LECTURERS = frozenset({"teaching", "teaching_note"})
"""Fields of an entry that no students' edition has."""

JUDGED = {"assessments": RATINGS, "outcome": OUTCOMES}
"""Fields that can be sealed, and as what."""

LISTED = frozenset(
    {"relations", "events", "figures", "exhibits", "questions", "people", "aliases", "accounts"}
)
"""Fields whose items are left out one by one, where they name a sealed entry."""

KEPT = frozenset({"kind", "title", "unnamed", "summary", "setting", "adds_to"})
"""Fields that stay, but for those of a sealed entry."""

SEALED_TITLE = f"A title that is {SEALED_WORDS}"

_KEPT_OF_CSL = frozenset({"id", "type", "title", "author", "container-title", "publisher"})
"""What a reference cannot do without; where it names a sealed entry, that is told or sealed."""

_Rated = TypeVar("_Rated", AssessmentForm, RatingAccountForm)

_ORDER = tuple(relation.value for relation in TimeRelation)
_SEALED_TEXT = Text(SEALED_SENTENCE, (), (Citation(OWN),))


class SealedMention(NamedTuple):
    """A place where a sealed entry is still named.

    Attributes:
        what: what names it, for authors who have the file.
        seen: the same as readers of the edition meet it.
    """

    spot: Spot
    what: str
    seen: str


@dataclass(slots=True)
class _LeftOut:
    """What is said of sealed entries by others, and what the packs cite and are about there."""

    places: set[str] = field(default_factory=set)
    events: set[EventId] = field(default_factory=set)
    figures: set[str] = field(default_factory=set)
    unused: set[str] = field(default_factory=set)
    paragraphs: dict[str, set[int]] = field(default_factory=dict)


class Redaction:
    """Leaves out of packs and drafts what an edition does not hold.

    Args:
        packs: of the book, in order.
        drafts: everything that the packs say of entries.
        seals: what is sealed besides what is for lecturers alone.

    Attributes:
        mentions: where a sealed entry is still named, in what no edition can do without.
    """

    def __init__(
        self, packs: Sequence[Pack], drafts: Sequence[Draft], seals: Sequence[str]
    ) -> None:
        self.seals = frozenset(seals)
        slugs = {part.removeprefix(ENTRY) for part in seals if part.startswith(ENTRY)}
        self.sealed = {
            draft.slug: _sealed_entry(draft)
            for draft in drafts
            if isinstance(draft, EntryDraft) and draft.slug in slugs
        }
        self._names = names_pattern(name for entry in self.sealed.values() for name in entry.names)
        self._left_out = _LeftOut()
        self.mentions: list[SealedMention] = []
        if self.sealed:
            self._gather(packs, drafts)

    def tells_of_sealed(self, words: str) -> bool:
        """Whether words from outside the packs name a sealed entry, or ask what the book asks of
        one."""
        return any(entry.is_told_by(words) for entry in self.sealed.values())

    def pack(self, pack: Pack) -> Pack:
        """The shared files of a pack without what is left out."""
        if not self.sealed:
            return pack
        figures = pack.figures
        if figures is not None:
            kept = [
                figure
                for figure in figures.form.figures
                if figure.slug not in self._left_out.figures
            ]
            figures = replace(figures, form=FiguresForm.model_construct(figures=kept))
        places = pack.places
        if places is not None:
            seen = [p for p in places.form.places if p.slug not in self._left_out.places]
            places = replace(places, form=PlacesForm.model_construct(places=seen))
        return replace(
            pack,
            places=places,
            figures=figures,
            sources=self._sources(pack.sources),
            outlines=[
                outline
                for given in pack.outlines
                if (outline := self._outline(given))
                and given.form.source not in self._left_out.unused
            ],
        )

    def draft(self, draft: Draft) -> Draft | None:
        """What a file says of an entry without what is left out; None for nothing."""
        sealed = self.sealed.get(draft.slug)
        if sealed:
            return _stub(draft, sealed) if isinstance(draft, EntryDraft) else None
        form = draft.front.form
        changes: dict[str, Any] = {}
        if isinstance(form, EntryForm):
            changes |= {"teaching": None, "teaching_note": []}
        if RATINGS in self.seals:
            changes["assessments"] = []
        if OUTCOMES in self.seals and isinstance(form, EntryForm):
            changes["outcome"] = None
        changes["accounts"] = [
            account for account in form.accounts if self._keeps_account(draft, account)
        ]
        if self.sealed:
            changes |= self._without_sealed(draft, changes)
        passages = tuple(self._passages(draft.passages))
        # The two kinds of draft differ in their forms alone.
        front = replace(cast("Filed[Any]", draft.front), form=form.model_copy(update=changes))
        return cast("Draft", replace(cast("Any", draft), front=front, passages=passages))

    def _keeps_account(self, draft: Draft, account: Any) -> bool:
        """Whether an account is of something that the edition holds."""
        if isinstance(account, AddedFigureAccountForm):
            return account.figure not in self._left_out.figures
        if isinstance(account, AddedAccountForm):
            return EventId(draft.slug, account.event) not in self._left_out.events
        sealed = RATINGS if isinstance(account, AddedRatingAccountForm) else OUTCOMES
        return sealed not in self.seals

    def _without_sealed(self, draft: Draft, changes: dict[str, Any]) -> dict[str, Any]:
        """The lists of an entry without the items that tell of a sealed one."""
        kept: dict[str, Any] = {}
        for name in type(draft.front.form).model_fields:
            listed = changes.get(name, getattr(draft.front.form, name))
            if name == "events":
                kept[name] = [
                    self._event(draft.slug, event)
                    for event in listed
                    if not self._event_tells(event)
                ]
            elif name == "assessments":
                kept[name] = [self._assessment(assessment) for assessment in listed]
            elif name in LISTED:
                kept[name] = [item for item in listed if not self._tells(item)]
        return kept

    def _assessment(self, assessment: AssessmentForm) -> AssessmentForm:
        """A rating, whose evidence, and that of each account of it, is sealed where it tells of a
        sealed entry."""
        accounts = [self._evidence(account) for account in assessment.accounts]
        return self._evidence(assessment).model_copy(update={"accounts": accounts})

    def _evidence(self, rated: _Rated) -> _Rated:
        if not self._tells(rated.evidence):
            return rated
        sealed = Cited(plain=SEALED_SENTENCE, citations=(Citation(OWN),))
        return rated.model_copy(update={"evidence": sealed})

    def _event_tells(self, event: EventForm) -> bool:
        """Whether an event tells of a sealed entry, apart from its place and its order."""
        return self._tells(event.model_copy(update={"place": None} | {name: [] for name in _ORDER}))

    def _event(self, entry: str, event: EventForm) -> EventForm:
        """An event without what is told of its order beside events that are left out."""
        changes = {
            name: [
                told
                for told in getattr(event, name)
                if self._has_event(entry, told.event) and not self._tells((told.says, told.by))
            ]
            for name in _ORDER
        }
        return event.model_copy(update=changes)

    def _has_event(self, entry: str, named: str) -> bool:
        other, slash, key = named.partition("/")
        name = EventId(other, key) if slash else EventId(entry, named)
        return name.entry not in self.sealed and name not in self._left_out.events

    def _tells(self, value: object) -> bool:
        """Whether anything within a value is the slug of a sealed entry, or names one."""
        return any(
            words in self.sealed or self._is_named(words)
            for words in _leaves(value)
            if isinstance(words, str)
        )

    def _is_named(self, words: str) -> bool:
        return bool(self._names and self._names.search(words))

    def _passages(self, passages: Iterable[WrittenPassage]) -> Iterator[WrittenPassage]:
        """A narrative in which what names a sealed entry is sealed with it, once in a row."""
        was_sealed = False
        for written in passages:
            passage = written.passage
            if not self._tells_of_sealed(passage.text):
                was_sealed = False
                yield written
            elif passage.block is Block.SUMMARY:
                yield replace(written, passage=passage._replace(text=_SEALED_TEXT))
            elif not was_sealed:
                was_sealed = True
                line = PassageLine(passage.position, Block.PARAGRAPH, _SEALED_TEXT)
                yield replace(written, passage=line)

    def _tells_of_sealed(self, text: Text) -> bool:
        return self._is_named(text.plain) or any(
            mark.kind is MarkKind.LINK and mark.target.removeprefix(ENTRY) in self.sealed
            for mark in text.marks
        )

    # What others say of sealed entries

    def _gather(self, packs: Sequence[Pack], drafts: Sequence[Draft]) -> None:
        left_out = self._left_out
        for pack in packs:
            for figure in pack.figures.form.figures if pack.figures else ():
                if self._tells(figure):
                    left_out.figures.add(figure.slug)
        for draft in drafts:
            for event in draft.front.form.events:
                if self._event_tells(event) or draft.slug in self.sealed:
                    left_out.events.add(EventId(draft.slug, event.key))
            for figure in draft.front.form.figures:
                if self._tells(figure) or draft.slug in self.sealed:
                    left_out.figures.add(figure.slug)
        open_to_all = Redaction((), (), [part for part in self.seals if part in JUDGED.values()])
        every = list(_cited(packs, filter(None, map(open_to_all.draft, drafts))))
        kept = [redacted for draft in drafts if (redacted := self.draft(draft)) is not None]
        left_out.places = places_of_sealed(packs, drafts, kept)
        shown = list(_cited([self.pack(pack) for pack in packs], kept))
        left_out.unused = {cite.source for cite in every} - {cite.source for cite in shown}
        read, still_read = _paragraphs(every), _paragraphs(shown)
        left_out.paragraphs = {
            source: numbers - still_read.get(source, set()) for source, numbers in read.items()
        }
        self._find_mentions(packs, kept)

    def _find_mentions(self, packs: Sequence[Pack], drafts: Sequence[Draft]) -> None:
        """Finds where sealed entries are named in what stays."""
        for draft in drafts:
            if sealed := self.sealed.get(draft.slug):
                if sealed.is_named_by_its_slug and isinstance(draft, EntryDraft):
                    spot, what = draft.front.spot(), f"its slug '{draft.slug}'"
                    self.mentions.append(SealedMention(spot, what, sealed.seen_by_slug))
                continue
            form = draft.front.form
            for name in type(form).model_fields:
                if (name in KEPT or name in JUDGED) and self._tells(getattr(form, name)):
                    if name == "summary":
                        continue  # its passage is sealed
                    seen = f"the {name} of '{draft.slug}'"
                    if name == "title" and isinstance(form, EntryForm):
                        seen = seen_title(form.title)
                    self.mentions.append(
                        SealedMention(draft.front.spot(name), f"its '{name}'", seen)
                    )
        for pack in packs:
            shared = (
                ("terms", pack.glossary),
                ("places", pack.places),
                *(("points", framework) for framework in pack.frameworks.values()),
            )
            for whole in (pack.book, *pack.frameworks.values()):
                if whole and self._tells((whole.form.title, whole.form.description)):
                    seen = f"the title or the description of '{whole.form.title}'"
                    spot = whole.spot("description")
                    self.mentions.append(SealedMention(spot, "the 'description'", seen))
            for name, filed in shared:
                for number, item in enumerate(getattr(filed.form, name) if filed else ()):
                    if name == "places" and item.slug in self._left_out.places:
                        continue
                    if filed and self._tells(item):
                        seen = f"the {name[:-1]} '{_name_of(item)}'"
                        self.mentions.append(SealedMention(filed.spot(name, number), "this", seen))
            for slug, source in self._sources(pack.sources).items.items():
                shown = (slug.replace("-", " "), source.label, source.reference, source.address)
                if any(map(self._is_named, shown)):
                    seen = f"the reference of the source '{source.label}'"
                    self.mentions.append(SealedMention(pack.sources.spots[slug], "this", seen))

    def _sources(self, sources: SourceList) -> SourceList:
        """The sources without those that only sealed entries cite, and without what in the others
        names one: their titles, and the fields of CSL that few sources have."""
        kept = copy.copy(sources)
        kept.items, kept.csl = {}, dict(sources.csl)
        for slug, item in sources.items.items():
            if slug in self._left_out.unused:
                continue
            is_told = self._is_named(item.title)
            changes: dict[str, object] = {"title": SEALED_TITLE} if is_told else {}
            if self._is_named(item.url):
                changes["url"] = ""
            if self._is_named(item.custom.note):
                sealed = {"note": SEALED_SENTENCE}
                changes["custom"] = item.custom.model_copy(update=sealed)
            kept.items[slug] = item.model_copy(update=changes)
            csl = {
                name: value
                for name, value in json.loads(sources.csl[slug]).items()
                if name in _KEPT_OF_CSL or not self._is_named(json.dumps(value, ensure_ascii=False))
            }
            if is_told:
                csl["title"] = SEALED_TITLE
            if csl != json.loads(sources.csl[slug]):
                kept.csl[slug] = json.dumps(csl, ensure_ascii=False, sort_keys=True)
        return kept

    def _outline(self, filed: Filed[OutlineForm]) -> Filed[OutlineForm] | None:
        """The gists of a source without those of paragraphs that only sealed entries cite."""
        unused = self._left_out.paragraphs.get(filed.form.source, set())
        kept = {
            number: gist
            for number, gist in filed.form.paragraphs.items()
            if number not in unused and not self._is_named(gist)
        }
        return replace(filed, form=filed.form.model_copy(update={"paragraphs": kept}))


def checked_seals(seals: Iterable[str], drafts: Iterable[Draft]) -> tuple[str, ...]:
    """Seals, each once, in their order.

    Raises:
        CasebookError: one of them seals nothing.
    """
    slugs = {draft.slug for draft in drafts if isinstance(draft, EntryDraft)}
    chosen = tuple(dict.fromkeys(seals))
    for part in chosen:
        if part in (RATINGS, OUTCOMES):
            continue
        slug = part.removeprefix(ENTRY)
        if slug == part:
            raise CasebookError(
                f"'{part}' cannot be sealed; use ratings, outcomes, or entry: and a slug."
            )
        if slug not in slugs:
            raise CasebookError(f"There is no entry '{slug}' to seal{guess(slug, slugs)}")
    return chosen


def _sealed_entry(draft: EntryDraft) -> SealedEntry:
    form = draft.front.form
    return sealed_entry(
        draft.slug,
        form.title,
        (alias.text for alias in form.aliases),
        (leaf for asked in form.questions for leaf in _leaves(asked) if isinstance(leaf, str)),
    )


def _name_of(item: Any) -> str:
    """What a term, a place or a point of a framework is called."""
    named = (getattr(item, name, None) for name in ("term", "name", "title"))
    return next(filter(None, named), "")


def _stub(draft: EntryDraft, sealed: SealedEntry) -> EntryDraft:
    """The page that stands in the place of a sealed entry."""
    form = EntryForm.model_construct(
        kind=draft.front.form.kind,
        title=sealed.stub,
        summary=SEALED_SENTENCE,
        setting=SettingForm.model_construct(place=Cited(plain="", citations=())),
    )
    written = WrittenPassage(PassageLine(0, Block.SUMMARY, _SEALED_TEXT), draft.front.spot())
    return replace(
        draft, front=replace(draft.front, form=form), passages=(written,), is_sealed=True
    )


def _leaves(value: object) -> Iterator[str | Citation]:
    """Every text and every citation within a value of a form."""
    if isinstance(value, str | Citation):
        yield value
    elif isinstance(value, Text):
        yield value.plain
        yield from value.citations
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _leaves(getattr(value, name))
    elif isinstance(value, dict):
        yield from _leaves(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _leaves(item)


def _cited(packs: Iterable[Pack], drafts: Iterable[Draft]) -> Iterator[Citation]:
    """Every citation of some packs."""
    for pack in packs:
        shared: list[object] = [
            filed.form
            for filed in (pack.glossary, pack.figures, *pack.frameworks.values())
            if filed
        ]
        shared += [cited for _, cited in pack.sources.mentions()]
        yield from (leaf for leaf in _leaves(shared) if isinstance(leaf, Citation))
    for draft in drafts:
        said = [draft.front.form, *(written.passage.text for written in draft.passages)]
        yield from (leaf for leaf in _leaves(said) if isinstance(leaf, Citation))


def _paragraphs(citations: Iterable[Citation]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for citation in citations:
        found.setdefault(citation.source, set()).update(citation.paragraphs)
    return found
