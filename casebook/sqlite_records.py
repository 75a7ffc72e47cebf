"""Decodes the records of SQLite's file format: numbers, values, and rows on several pages.

The bytes may be damaged, or made by an attacker: nothing here reads beyond those that it is
given, and nothing loops without end. The caller limits how much is read altogether.
The format is that of https://www.sqlite.org/fileformat2.html.
"""

from __future__ import annotations

from collections.abc import Callable

Value = str | bytes | int | float | None
"""A text is decoded with `surrogateescape`, so that its bytes can be had back."""

LEAF, INTERIOR = 0x0D, 0x05
"""The first byte of a page of a table."""


class Malformed(ValueError):  # noqa: N818  (says what the bytes are)
    """Some bytes are not what the format says."""


def big_endian(data: bytes) -> int:
    """An unsigned integer of a fixed length."""
    return int.from_bytes(data, "big")


def varint(data: bytes, at: int) -> tuple[int, int]:
    """An unsigned integer of one to nine bytes that begins at `at`, and where it ends.

    Raises:
        IndexError: it goes on beyond the data.
    """
    value = data[at]
    if value < 0x80:
        return value, at + 1
    value = 0
    for place in range(at, at + 8):
        byte = data[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    return value << 8 | data[at + 8], at + 9


def signed(value: int) -> int:
    """The two's complement of a 64-bit number, as which the key of a row is stored."""
    return value - (1 << 64) if value >= 1 << 63 else value


def payload(
    page: bytes, at: int, length: int, *, usable: int, page_of: Callable[[int], bytes]
) -> bytes:
    """The bytes of a row, with what of it stands on overflow pages.

    Args:
        page, at: where it begins.
        length: how many bytes it has.
        usable: the bytes of a page that are not reserved.
        page_of: gives the bytes of a page; it raises where there is none, or enough was read.

    Raises:
        Malformed: it leaves its page, or its pages go round in circles.
    """
    local = _local_length(length, usable)
    first = page[at : at + local]
    if len(first) != local:
        raise Malformed("a row that leaves its page")
    if local == length:
        return first
    parts, left = [first], length - local
    following = big_endian(page[at + local : at + local + 4])
    seen: set[int] = set()
    while left > 0:
        if following in seen:
            raise Malformed("a row without an end")
        seen.add(following)
        overflow = page_of(following)
        part = overflow[4 : 4 + min(left, usable - 4)]
        if not part:
            raise Malformed("a page without bytes")
        parts.append(part)
        left -= len(part)
        following = big_endian(overflow[:4])
    return b"".join(parts)


def _local_length(length: int, usable: int) -> int:
    """How many bytes of a row are on its own page, by section 1.6 of the format."""
    most, least = usable - 35, (usable - 12) * 32 // 255 - 23
    if length <= most:
        return length
    local = least + (length - least) % (usable - 4)
    return local if local <= most else least


_LENGTHS = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
"""How many bytes NULL and the numbers have, by their kind."""

_INTEGER_KINDS = range(1, 7)
_FLOAT_KIND = 7


def values_of(record: bytes) -> tuple[Value, ...]:
    """The values of a row.

    Raises:
        Malformed, IndexError: it is none.
    """
    header_length, at = varint(record, 0)
    if not at <= header_length <= len(record):
        raise Malformed("a row without a header")
    values: list[Value] = []
    start = header_length
    while at < header_length:
        kind = record[at]
        if kind < 0x80:
            at += 1
        else:
            kind, at = varint(record, at)
        if kind >= 12:
            end = start + (kind - 12) // 2
            data = record[start:end]
            values.append(data.decode("utf-8", "surrogateescape") if kind % 2 else data)
        else:
            if kind >= len(_LENGTHS):
                raise Malformed("a value of no kind")
            end = start + _LENGTHS[kind]
            values.append(_number(kind, record[start:end]))
        start = end
    if at != header_length or start != len(record):
        raise Malformed("a row that does not end where it should")
    return tuple(values)


def _number(kind: int, data: bytes) -> int | float | None:
    """NULL or a number; two kinds are 0 and 1 without any bytes."""
    if kind in _INTEGER_KINDS:
        return int.from_bytes(data, "big", signed=True)
    if kind == _FLOAT_KIND:
        if len(data) != 8:
            raise Malformed("a value that leaves its row")
        from struct import unpack

        return float(unpack(">d", data)[0])
    return kind - 8 if kind else None
