"""Archives that are the same, byte by byte, whenever they are written."""

from __future__ import annotations

import io
import zipfile

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that a zip can tell."""


def without_dates(archive: bytes) -> bytes:
    """A zip with the same members in the same order, and no word of when it was written."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as read,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written,
    ):
        for member in read.infolist():
            dated = zipfile.ZipInfo(member.filename, _FIRST_DAY)
            dated.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(dated, read.read(member))
    return out.getvalue()
