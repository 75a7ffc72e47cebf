"""Text on its way into XML: SVG, DOCX, workbooks."""

from __future__ import annotations

import re
from xml.sax import saxutils

from casebook.safe_text import screened_output

_NO_XML = re.compile("[\ufffe\uffff]")


def xml_text(words: str) -> str:
    """Words with nothing in them that commands a terminal, or that XML may not hold."""
    return _NO_XML.sub("\N{REPLACEMENT CHARACTER}", screened_output(words))


def escaped(words: str) -> str:
    """Words between two tags."""
    return saxutils.escape(xml_text(words))


def quoted(words: str) -> str:
    """Words as the value of an attribute, with its quotation marks."""
    return saxutils.quoteattr(xml_text(words))
