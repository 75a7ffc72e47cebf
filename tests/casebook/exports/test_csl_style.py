"""A citation style from a stranger leads pandoc nowhere."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from casebook.book.source_values import SourceLine
from casebook.citations import Citation
from casebook.exports import citation_styles
from casebook.exports.citation_styles import worded
from casebook.exports.csl_style import LARGEST_STYLE, StyleError, independent_style
from casebook.exports.pandoc import pandoc_path
from casebook.exports.paper import plain

SHIPPED = Path(citation_styles.__file__).parent / "styles" / "harvard-cite-them-right.csl"
SOURCE = SourceLine("m", "M 2010", "M (2010).", '{"type":"book","title":"Niches"}', True, 20, "")
GROUP = (Citation("m", "para. 3"),)

DEPENDENT = """\
<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0">
  <info><title>T</title><id>t</id><updated>2020-01-01T00:00:00Z</updated>
  <link href="{address}" rel="independent-parent"/></info>
</style>
"""


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and the paths that were asked for there."""
    paths: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None: ...

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/style.csl", paths
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.skipif(pandoc_path() is None, reason="needs pandoc")
def test_nothing_is_fetched_and_no_file_is_read(
    asked: tuple[str, list[str]], tmp_path: Path
) -> None:
    """pandoc follows the link of a dependent style, whatever --sandbox says."""
    address, paths = asked
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    style = tmp_path / "own.csl"
    for target in (address, str(secret), secret.as_uri(), "secret.txt"):
        style.write_text(DEPENDENT.format(address=target), encoding="utf-8")
        with pytest.raises(StyleError, match="is a dependent style") as error:
            worded([GROUP], {"m": SOURCE}, str(style))
        assert "secret words" not in str(error.value)
    sound = SHIPPED.read_text(encoding="utf-8")
    links = f'<link href="{address}" rel="template"/><link href="{address}" rel="self"/>'
    style.write_text(sound.replace("</info>", f"{links}</info>", 1), encoding="utf-8")
    assert plain(worded([GROUP], {"m": SOURCE}, str(style)).in_text[GROUP])
    assert paths == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is not XML"),
        (b"\xff\xfe\x00", "is not XML"),
        (b"<html/>", "is XML, but not a citation style"),
        (b"<" * 100, "is not XML"),
        (b"x" * (LARGEST_STYLE + 1), "is too long"),
        (b"<a>" * 100, "nested too deeply"),
        (b'<!DOCTYPE style SYSTEM "file:///etc/passwd"><style/>', "document type"),
        (b'<!DOCTYPE s [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]><s>&c;</s>', "document type"),
        (b'<?xml version="1.0" encoding="nonsense"?><style/>', "is not XML"),
    ],
)
def test_what_is_no_style_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "own.csl"
    path.write_bytes(content)
    with pytest.raises(StyleError, match=message):
        independent_style(path)


def _macros(calls: dict[str, list[str]]) -> str:
    parts = {
        name: "".join(f'<text macro="{one}"/>' for one in called) for name, called in calls.items()
    }
    return "".join(f'<macro name="{name}">{text}</macro>' for name, text in parts.items())


@pytest.mark.parametrize(
    ("calls", "message"),
    [
        ({"a": ["a"]}, "calls itself"),
        ({"a": ["b"], "b": ["c"], "c": ["a"]}, "calls itself"),
        ({f"m{n}": [f"m{n + 1}"] * 10 for n in range(12)}, "multiply"),
        ({f"m{n}": [] for n in range(3_000)}, "multiply"),
    ],
)
def test_macros_without_an_end_are_refused(
    calls: dict[str, list[str]], message: str, tmp_path: Path
) -> None:
    """pandoc would take gigabytes before its time is up."""
    path = tmp_path / "own.csl"
    sound = SHIPPED.read_text(encoding="utf-8")
    path.write_text(sound.replace("<macro ", f"{_macros(calls)}<macro ", 1), encoding="utf-8")
    with pytest.raises(StyleError, match=message):
        independent_style(path)


def test_no_link_is_left_in_a_style() -> None:
    written = independent_style(SHIPPED)
    assert b"<link" in SHIPPED.read_bytes()
    assert b"link" not in written
    assert written.count(b"<macro") == SHIPPED.read_bytes().count(b"<macro")
