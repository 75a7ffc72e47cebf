"""Plans the import of a table of cases into a pack."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from casebook.errors import CasebookError
from casebook.file_names import file_stem
from casebook.imports.bibliography import Bibliography
from casebook.imports.cells import Remark, SheetTable
from casebook.imports.citing import Citing
from casebook.imports.columns import (
    Point,
    matched,
    plain_name,
    read_map,
    role_of,
    unmatched,
)
from casebook.imports.identity import Identities, name_key
from casebook.imports.other_sheets import OtherRows
from casebook.imports.place_book import PlaceBook
from casebook.imports.plan import Plan, SheetRead, Weigher, check_plan
from casebook.imports.reading import CaseReader
from casebook.imports.records import Record, read_record
from casebook.imports.shared_files import Item, with_places, with_sources
from casebook.imports.source_sheet import add_sources
from casebook.imports.tables import open_tables
from casebook.imports.target_pack import TargetPack, target_pack
from casebook.pack.files import PackFiles
from casebook.pack.forms import criteria_within
from casebook.pack.problems import Problems
from casebook.pack.reader import read_pack
from casebook.pack.sources import FILE as SOURCES_FILE
from casebook.pack.sources import SourceItem
from casebook.pack.volumes import Progress
from casebook.safe_text import made_safe_line
from casebook.sheets import (
    ASSESSMENTS,
    CASES,
    COLUMNS,
    EVENTS,
    IMPORTED_TABLE,
    LISTS,
    READ_ME,
    SOURCES,
)
from casebook.vocabulary import Kind

PLACES_FILE = "places.yaml"


def plan_cases(
    path: Path,
    folder: Path,
    *,
    kind: Kind = Kind.FIRM,
    pairs: Sequence[str] = (),
    sheet: str = "",
    on: Path | None = None,
    progress: Progress | None = None,
) -> Plan:
    """What importing a table would write.

    Args:
        on: a built book that the pack stands on.
        kind: of cases whose rows tell none.
        pairs: `Their column=title`, as the person says.
        sheet: the name of the sheet of cases, where it does not say so itself.

    Raises:
        CasebookError: the table or the pack cannot be read, or a pair is wrong.
    """
    pack = target_pack(folder, on)
    # What was read of the table is let go before the checker reads what it becomes.
    with ExitStack() as until:
        tables = open_tables(path, until)
        weigher = _weighed(tables, made_safe_line(path.name), folder, pack, kind, pairs, sheet)
        del tables
    plan = weigher.plan
    check_plan(plan, pack.files, weigher, progress)
    plan.record = Record(plan.source, weigher.entries)
    return plan


def _weighed(
    tables: Sequence[SheetTable],
    name: str,
    folder: Path,
    pack: TargetPack,
    kind: Kind,
    pairs: Sequence[str],
    sheet: str,
) -> Weigher:
    """What becomes of each row, before the checker has seen it."""
    files = pack.files
    source = _table_key(pack, name)
    points = _points(pack)
    told = read_map(pairs, points)
    roles = _roles(tables, sheet)
    every = {role: matched(table, role, points, told) for role, table in roles.items()}
    cases, columns = roles[CASES], every[CASES]
    if missing := unmatched(told, list(every.values())):
        raise CasebookError(
            f"--map: no sheet has a column '{missing[0]}'; there are {', '.join(columns.headers)}."
        )
    if "title" not in columns.at:
        raise CasebookError(
            "No column is the title of a case; name it with --map 'Their column=title'. There are:"
            f" {', '.join(filter(None, columns.headers))}."
        )
    plan = Plan(folder, name, source, below=pack.below)
    counts = {}
    bibliography = Bibliography(pack.sources.items)
    if SOURCES in roles:
        counts[SOURCES] = add_sources(roles[SOURCES], every[SOURCES], bibliography)
    plan.sources = bibliography.outcomes
    added = list(bibliography.added)
    if source not in pack.sources.items:
        item: Item = {"id": source, "type": "dataset", "title": name, "genre": IMPORTED_TABLE}
        pack.sources.items[source] = SourceItem.model_validate(item)
        added.insert(0, item)
    record = read_record(folder, source)
    there = {slug: file for file, slug, _ in files.entries()}
    identities = Identities(there, record.entries, pack.entries_below)
    _take_names_of_the_pack(identities, pack, record)
    identities.find(cases, columns, kind)
    for slug in identities.gone:
        before = record.entries[slug]
        for words in (before.title, *before.names):
            identities.names.setdefault(name_key(words), slug)
    identities.take_titles()
    others = OtherRows({name: point for point in points for name in point.names})
    for role in (EVENTS, ASSESSMENTS):
        if role in roles:
            counts[role] = others.keep(roles[role], every[role])
    places = PlaceBook.of(pack.places)
    reader = CaseReader(columns, Citing(pack.sources, source), places, identities, others, kind)
    weigher = Weigher(files, there, record, plan)
    counts[CASES] = identities.count
    for draft in reader.drafts(cases):
        weigher.weigh(draft)
    others.tell_left()
    weigher.gone(identities.gone)
    _shared(plan, files, places, added)
    plan.sheets = [
        SheetRead(roles[role].name, role, counts.get(role, 0), tuple(every[role].matches))
        for role in roles
    ]
    plan.remarks = [remark for table in tables for remark in _in_order(table)]
    return weigher


def _table_key(pack: TargetPack, name: str) -> str:
    """The id of the source that stands for a table: the one that it has, or a new one."""
    stem = key = file_stem(name.replace(".", "-"), "table")
    number = 1
    while key in pack.sources.items:
        item = pack.sources.items[key]
        if (item.model_extra or {}).get("genre") == IMPORTED_TABLE and item.title == name:
            break
        number += 1
        key = f"{stem}-{number}"
    return key


def _points(pack: TargetPack) -> list[Point]:
    """The points that cases are held against, with the names that a column may have for them."""
    found: list[tuple[str, str, set[str]]] = []
    titles: dict[str, int] = {}
    for slug, filed in pack.frameworks.items():
        if not filed.form.assessed:
            continue
        for point in criteria_within(filed.form.points):
            names = {
                f"{before} {after}"
                for before in (slug, filed.form.title)
                for after in (point.key, point.title)
            }
            title = plain_name(point.title)
            titles[title] = titles.get(title, 0) + 1
            found.append((slug, point.key, {plain_name(name) for name in names} | {title}))
    shared = {title for title, count in titles.items() if count > 1}
    return [Point(slug, key, frozenset(names - shared)) for slug, key, names in found]


def _roles(tables: Sequence[SheetTable], sheet: str) -> dict[str, SheetTable]:
    """Which table is which of the four sheets.

    Raises:
        CasebookError: there is no sheet of the name that was given.
    """
    roles: dict[str, SheetTable] = {}
    unused: list[SheetTable] = []
    for table in tables:
        role = role_of(table.name)
        if sheet and plain_name(table.name) == plain_name(sheet):
            role = CASES
        elif sheet and role == CASES:
            role = ""
        if role and role not in roles:
            roles[role] = table
        else:
            unused.append(table)
    if sheet and CASES not in roles:
        raise CasebookError(
            f"There is no sheet '{sheet}'; there are {', '.join(table.name for table in tables)}."
        )
    if CASES not in roles:
        first = next((table for table in unused if _has_rows(table)), None)
        if first is None:
            raise CasebookError("The table has no rows.")
        roles[CASES] = first
        unused.remove(first)
    for table in unused:
        if table.name and table.name not in (READ_ME, LISTS) and _has_rows(table):
            table.tell("is not used: its name is not Cases, Events, Assessments or Sources")
    return {role: roles[role] for role in COLUMNS if role in roles and _has_rows(roles[role])}


def _has_rows(table: SheetTable) -> bool:
    return any(True for _ in table.rows())


def _take_names_of_the_pack(identities: Identities, pack: TargetPack, record: Record) -> None:
    """Takes the names of the entries that no import of this table wrote."""
    own = set(record.entries)
    unread = PackFiles(
        pack.files.root,
        tuple(name for name in pack.files.names if _slug_of(name) not in own),
        pack.files.read_bytes,
    )
    for draft in chain(pack.drafts_below(), read_pack(unread, Problems()).entries()):
        if draft is not None:
            form = draft.front.form
            for words in (form.title, *(alias.text for alias in form.aliases)):
                identities.names.setdefault(name_key(words), draft.slug)


def _slug_of(file: str) -> str:
    folder, slash, name = file.partition("/")
    return name.removesuffix(".md") if slash and folder else ""


def _shared(plan: Plan, files: PackFiles, places: PlaceBook, added: Sequence[Item]) -> None:
    """Adds to the plan what becomes of places.yaml and sources.json."""
    for file in (PLACES_FILE, SOURCES_FILE):
        empty = "places: []\n" if file == PLACES_FILE else "[]\n"
        is_there = file in files.names
        before = (files.text(file, Problems()) or "") if is_there else empty
        if file == PLACES_FILE:
            after = with_places(before, places.added)
        else:
            after = with_sources(before, added)
        if after != before:
            plan.texts[file] = after


def _in_order(table: SheetTable) -> list[Remark]:
    return sorted(table.remarks, key=lambda remark: remark.row)
