"""Timelines as files: a vague date survives each of them in words."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from casebook.book.connection import Book, open_book
from casebook.exports.formats import TimelineFormat
from casebook.exports.timeline import timeline_file
from casebook.exports.timeline_ics import timeline_ics
from casebook.exports.timeline_js import timeline_object
from casebook.exports.timeline_svg import WIDTH, timeline_pictures, timeline_svg
from casebook.pack.build import build_book
from casebook.timeline import timeline_of
from tests.conftest import SHIPPED_BOOK, SMALL_PACK

ASIRO = "asiro-gentian-alliance"
WRITTEN = datetime(2012, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def book() -> Iterator[Book]:
    with open_book(SHIPPED_BOOK) as opened:
        yield opened


FOR_OTHER_PROGRAMS = [form for form in TimelineFormat if form.is_for_other_programs]


@pytest.mark.parametrize("form", FOR_OTHER_PROGRAMS)
def test_the_words_of_vague_dates_are_in_every_export(form: TimelineFormat, book: Book) -> None:
    content, _ = timeline_file(timeline_of(book, [ASIRO]), form, book)
    flat = content.replace("\r\n ", "")
    for words in ("late 1990s", "some time in 1995–1999", "early 2000s", "some time in 2000–2004"):
        assert words in flat, words


@pytest.mark.parametrize("slugs", [[ASIRO], [ASIRO, "nosaku", "renown"], None])
def test_every_event_is_in_the_table(slugs: list[str] | None, book: Book) -> None:
    chart = timeline_of(book, slugs)
    content, _ = timeline_file(chart, TimelineFormat.CSV, book)
    rows = list(csv.DictReader(io.StringIO(content.removeprefix("\ufeff"))))
    assert len(rows) == len(chart.items)
    assert {(row["entry"], row["key"]) for row in rows} == {
        (event.entry.slug, event.key) for event in chart.events
    }
    for row in rows:
        days = [row[name] for name in ("earliest begin", "latest begin") if row[name]]
        assert days == sorted(days)


def test_a_table_of_aligned_cases_has_the_time_between(book: Book) -> None:
    chart = timeline_of(book, [ASIRO, "hamamatsu-cooperative"], align="alliance")
    content, _ = timeline_file(chart, TimelineFormat.CSV, book)
    rows = {row["key"]: row for row in csv.DictReader(io.StringIO(content.removeprefix("\ufeff")))}
    assert rows["joint-venture"]["since milestone"] == "milestone"
    assert rows["chilean-production"]["since milestone"] == "3 to 9 years later"


SLIDE = {
    "start_date", "end_date", "text", "media", "group", "display_date", "background", "autolink",
    "unique_id",
}  # fmt: skip
"""What the documentation of TimelineJS's JSON allows in a slide."""


def _check_date(value: dict[str, str]) -> None:
    assert {*value} <= {"year", "month", "day", "display_date"}
    date(*(int(value[part]) for part in ("year", "month", "day")))


@pytest.mark.parametrize("slugs", [[ASIRO], ["nosaku", "hiyoshi-ya"], None])
def test_timelinejs_reads_it(slugs: list[str] | None, book: Book) -> None:
    """The shape of its published samples (eras.json, marktwain.json) and of its documentation."""
    chart = timeline_of(book, slugs)
    content, _ = timeline_file(chart, TimelineFormat.TIMELINEJS, book)
    told = json.loads(content)
    assert {*told} <= {"title", "events", "eras", "scale"}
    assert {*told["title"]["text"]} == {"headline", "text"}
    assert len(told["events"]) == len(chart.items)
    assert len({slide["unique_id"] for slide in told["events"]}) == len(chart.items)
    for slide in told["events"]:
        assert {*slide} <= SLIDE
        assert {*slide["text"]} == {"headline", "text"}
        _check_date(slide["start_date"])
        if "end_date" in slide:
            _check_date(slide["end_date"])
    for era in told.get("eras", ()):
        assert {*era} == {"start_date", "end_date", "text"}
        _check_date(era["start_date"])


def test_a_calendar_holds_what_it_can_and_says_what_it_cannot(book: Book) -> None:
    import icalendar

    made = timeline_ics(timeline_of(book, [ASIRO]), "niches", WRITTEN)
    calendar = icalendar.Calendar.from_ical(made.content)
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    venture = events[f"{ASIRO}.joint-venture@niches.casebook"]
    assert str(venture["SUMMARY"]) == "Joint venture (late 1990s)"
    assert venture.decoded("DTSTART") == date(1995, 1, 1)
    assert venture.decoded("DTEND") == date(2000, 1, 1)
    assert str(venture["STATUS"]) == "TENTATIVE"
    assert "[Mitsui 2010 ¶61]" in str(venture["DESCRIPTION"])
    assert set(made.left_out) == {
        "Decision and search", "Growers' association", "Brands and breeds registered",
    }  # fmt: skip
    again = timeline_ics(timeline_of(book, [ASIRO]), "niches", WRITTEN)
    assert again == made


def test_a_day_is_confirmed_in_a_calendar(book: Book) -> None:
    import icalendar

    made = timeline_ics(timeline_of(book, ["charter-for-smes"]), "niches", WRITTEN)
    calendar = icalendar.Calendar.from_ical(made.content)
    days = [e for e in calendar.walk("VEVENT") if str(e["STATUS"]) == "CONFIRMED"]
    assert [event.decoded("DTSTART") for event in days] == [date(2010, 6, 18)]


def test_the_last_day_of_all_has_no_day_after_it(
    write_pack: Callable[..., Path], tmp_path: Path
) -> None:
    build_book(write_pack({}), tmp_path / "x.sqlite")
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as connection, connection:
        connection.execute(
            "UPDATE event SET earliest_begin = ?1, latest_begin = ?1, earliest_end = ?1,"
            " latest_end = ?1",
            (date.max.toordinal(),),
        )
    with open_book(tmp_path / "x.sqlite") as book:
        chart = timeline_of(book, ["nosaku"])
        made = timeline_ics(chart, "small", WRITTEN)
        assert made.left_out == tuple(item.event.short for item in chart.items)
        for form in FOR_OTHER_PROGRAMS:
            assert timeline_file(chart, form, book)


def _rectangles(svg: str) -> list[tuple[str, float, float]]:
    """Fill, x and width of the bars."""
    found = re.findall(
        r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="10" fill="([^"]+)"', svg
    )
    return [(fill, float(x), float(width)) for x, width, fill in found]


def test_the_picture_is_drawn_to_the_day(book: Book) -> None:
    svg = timeline_svg(timeline_of(book, [ASIRO]))
    root = ElementTree.fromstring(svg)
    texts = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Joint venture", "Exports to Europe", "Contract growing in Chile"} <= {*texts}
    bars = [(x, width) for fill, x, width in _rectangles(svg) if "possible-case" in fill]
    widths = sorted(width for _, width in bars)
    years = {"2003": 1, "2005": 1, "early 2000s": 5, "late 1990s": 5}
    scale = widths[1]
    assert sum(abs(width - scale) < 1 for width in widths) >= 2, years
    assert sum(abs(width - 5 * scale) < 2 for width in widths) >= 2, years


def test_certain_is_solid_in_the_picture(book: Book) -> None:
    svg = timeline_svg(timeline_of(book, ["regional-agglomeration-revitalisation-law"]))
    fills = [fill for fill, _, _ in _rectangles(svg)]
    assert "#33459c" in fills
    assert any("url(#possible-case)" in fill for fill in fills)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)


def test_words_of_others_stay_words(write_pack: Callable[..., Path], tmp_path: Path) -> None:
    nosaku = SMALL_PACK["firms/nosaku.md"]
    label = "what: '=HYPERLINK(1) <script>x</script> & <b> [@m, para. 9]'"
    hostile = nosaku.replace("what: A wind-bell sells [@m, paras. 9-10]", label)
    hostile = hostile.replace("title: Nosaku", "title: 'N <script>alert(1)</script> \"&'")
    build_book(write_pack({"firms/nosaku.md": hostile}), tmp_path / "x.sqlite")
    with open_book(tmp_path / "x.sqlite") as book:
        chart = timeline_of(book, ["nosaku"])
        svg = timeline_svg(chart)
        ElementTree.fromstring(svg)
        assert "<script" not in svg
        parser = _Tags()
        told = timeline_object(chart)
        for slide in [told["title"], *told["events"]]:
            parser.feed(slide["text"]["headline"] + slide["text"]["text"])
        assert set(parser.tags) <= {"p"}
        content, _ = timeline_file(chart, TimelineFormat.CSV, book)
        (row,) = csv.DictReader(io.StringIO(content.removeprefix("\ufeff")))
        assert row["label"].startswith("'=HYPERLINK")


def test_the_picture_leaves_no_event_out(tmp_path: Path, write_pack: Callable[..., Path]) -> None:
    """Nobody can click on "+17" on paper: the picture grows."""
    nosaku = SMALL_PACK["firms/nosaku.md"]
    steps = "".join(
        f"  - what: Step {number} of many [@m, para. 9]\n    short: Step {number} of many\n"
        f"    key: step-{number}\n    kind: product\n    when: '{2000 + number % 5}'\n"
        for number in range(300)
    )
    many = nosaku.replace("events:\n", f"events:\n{steps}", 1)
    build_book(write_pack({"firms/nosaku.md": many}), tmp_path / "x.sqlite")
    with open_book(tmp_path / "x.sqlite") as book:
        chart = timeline_of(book, ["nosaku"])
        assert len(chart.items) > 300
        for pictures in ([timeline_svg(chart)], timeline_pictures(chart, tallest=1180)):
            texts = [text for picture in pictures for text in _texts_of(picture)]
            assert [text for text in texts if re.match(r"\+\d", text)] == []
            assert {f"Step {number} of many" for number in range(300)} <= {*texts}
            assert all(_height_of(picture) <= 1180 for picture in pictures[:-1])
        assert len(timeline_pictures(chart, tallest=1180)) > 4


def _texts_of(picture: str) -> list[str]:
    root = ElementTree.fromstring(picture)
    return [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]


def _height_of(picture: str) -> float:
    return float(ElementTree.fromstring(picture).attrib["height"])


def test_a_chart_is_divided_between_its_lanes(book: Book) -> None:
    chart = timeline_of(book, [ASIRO, "nosaku", "hiyoshi-ya", "renown"])
    pictures = timeline_pictures(chart, tallest=420)
    assert len(pictures) > 2
    names = [lane.name for lane in chart.lanes]
    for name in names:
        assert sum(name in _texts_of(picture) for picture in pictures) == 1
    ids = re.findall(r' id="([^"]+)"', "".join(pictures))
    assert len(ids) == len(set(ids))


def test_no_line_of_the_title_or_of_the_sources_is_cut_off(shipped: Book) -> None:
    slugs = ["steiff", "nepal-carpets", ASIRO, "snow-peak", "nosaku", "hiyoshi-ya", "renown",
             "fagor-mondragon", "zespri-kiwifruit", "chile-salmon"]  # fmt: skip
    chart = timeline_of(shipped, slugs)
    for pictures in ([timeline_svg(chart)], timeline_pictures(chart, tallest=1180)):
        texts = [text for picture in pictures for text in _texts_of(picture)]
        # Letters of Helvetica are seven tenths of their height on the wide side, of titles too.
        assert max(len(text) for text in texts) * 10 * 0.5 < WIDTH
        words = " ".join(texts).replace("\N{NO-BREAK SPACE}", " ")
        assert "Steiff, Nepali carpets, Asiro gentian alliance, Snow Peak, Nosaku" in words
        cited = {citation.source for item in chart.items for citation in item.event.citations}
        for label in (chart.sources[source].label for source in cited):
            assert label in words
        for picture in pictures:
            root = ElementTree.fromstring(picture)
            for text in root.iter("{http://www.w3.org/2000/svg}text"):
                if text.get("font-size") == "16":
                    assert len(text.text or "") * 16 * 0.5 < WIDTH
                assert float(text.attrib["y"]) < _height_of(picture)
    assert all(_height_of(picture) <= 1180 for picture in timeline_pictures(chart, tallest=1180))


def test_a_label_never_makes_one_event_look_like_two(book: Book) -> None:
    """A bar with a label within it goes on above and below the label."""
    root = ElementTree.fromstring(timeline_svg(timeline_of(book, ["nosaku", "hiyoshi-ya"])))
    found = 0
    for group in root.iter("{http://www.w3.org/2000/svg}g"):
        boxes = list(group.iter("{http://www.w3.org/2000/svg}rect"))
        for label in (box for box in boxes if box.get("class") == "label"):
            spans = [(float(b.attrib["x"]), float(b.attrib["x"]) + float(b.attrib["width"]),
                      float(b.attrib["y"]), float(b.attrib["height"]))
                     for b in boxes if b is not label]  # fmt: skip
            x, y, height = (float(label.attrib[name]) for name in ("x", "y", "height"))
            for first, last, top, tall in spans:
                if first < x < last:
                    found += 1
                    assert top < y
                    assert y + height < top + tall
    assert found > 3


def test_the_axis_ends_where_the_events_end(book: Book) -> None:
    root = ElementTree.fromstring(timeline_svg(timeline_of(book, [ASIRO])))
    axis = next(line for line in root.iter("{http://www.w3.org/2000/svg}line")
                if line.get("stroke-width") == "0.8")  # fmt: skip
    end = float(axis.attrib["x2"])
    bars = [float(box.attrib["x"]) + float(box.attrib["width"])
            for group in root.iter("{http://www.w3.org/2000/svg}g")
            for box in group.iter("{http://www.w3.org/2000/svg}rect")
            if box.get("class") != "label"]  # fmt: skip
    assert 0 <= end - max(bars) < 2 * 7
