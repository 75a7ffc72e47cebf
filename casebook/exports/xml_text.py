"""Escapes text for XML: in SVG, DOCX and workbooks."""

from __future__ import annotations

import re
from xml.sax import saxutils

from casebook.safe_text import screened_output

_NO_XML = re.compile("[\ufffe\uffff]")


def xml_text(words: str) -> str:
    """Words without control characters and without characters that XML does not allow."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", screened_output(words))


def escaped(words: str) -> str:
    """Words escaped for the content of an element."""
    return saxutils.escape(xml_text(words))


def quoted(words: str) -> str:
    """Words escaped for the value of an attribute, with its quotation marks."""
    return saxutils.quoteattr(xml_text(words))
