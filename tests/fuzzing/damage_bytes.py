"""Damage to the bytes of a file: what a bad disk does, and what a hostile hand writes."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

_TABLE_LEAF = 0x0D
_TABLE_INTERIOR = 0x05
_SQLITE_HEADER = 100


def flip_bits(data: bytearray, random: Random) -> None:
    for _ in range(random.choice((1, 1, 1, 2, 8, 64))):
        at = random.randrange(len(data))
        data[at] ^= 1 << random.randrange(8)


def change_bytes(data: bytearray, random: Random) -> None:
    for _ in range(random.choice((1, 2, 8, 100))):
        data[random.randrange(len(data))] = random.choice((0, 0xFF, 0x1B, random.randrange(256)))


def zero_stretch(data: bytearray, random: Random) -> None:
    at = random.randrange(len(data))
    length = min(random.choice((1, 16, 512, 4096)), len(data) - at)
    data[at : at + length] = bytes(length)


def cut_short(data: bytearray, random: Random) -> None:
    del data[random.randrange(len(data)) :]


def cut_out(data: bytearray, random: Random) -> None:
    at = random.randrange(len(data))
    del data[at : at + random.choice((1, 2, 100, 4096))]


def append(data: bytearray, random: Random) -> None:
    data += random.randbytes(random.choice((1, 100, 4096, 65536)))


def page_size(data: bytes | bytearray) -> int:
    size = int.from_bytes(data[16:18], "big")
    return 65536 if size == 1 else max(size, 512)


def zero_page(data: bytearray, random: Random) -> None:
    start, end = _page(data, random)
    data[start:end] = bytes(end - start)


def duplicate_page(data: bytearray, random: Random) -> None:
    start, end = _page(data, random)
    other, other_end = _page(data, random)
    length = min(end - start, other_end - other)
    data[other : other + length] = data[start : start + length]


def swap_pages(data: bytearray, random: Random) -> None:
    start, _ = _page(data, random)
    other, _ = _page(data, random)
    size = min(page_size(data), len(data) - max(start, other))
    data[start : start + size], data[other : other + size] = (
        data[other : other + size],
        data[start : start + size],
    )


def _page(data: bytearray, random: Random) -> tuple[int, int]:
    size = page_size(data)
    start = random.randrange(max(1, len(data) // size)) * size
    return start, min(start + size, len(data))


def edit_header(data: bytearray, random: Random) -> None:
    """A field of SQLite's header: https://www.sqlite.org/fileformat.html#the_database_header."""
    at, width = random.choice(
        (
            (16, 2), (18, 1), (19, 1), (20, 1), (21, 1), (24, 4), (28, 4), (32, 4), (36, 4),
            (40, 4), (44, 4), (48, 4), (52, 4), (56, 4), (60, 4), (62, 4), (68, 4), (92, 4),
        )
    )  # fmt: skip
    top = 256**width - 1
    value = random.choice((0, 1, 2, 3, 4, top, top // 2 + 1, random.randrange(top + 1)))
    data[at : at + width] = (value & top).to_bytes(width, "big")


def edit_page_head(data: bytearray, random: Random) -> None:
    """The kind, the count of cells or a pointer at the head of a page."""
    start, _ = _page(data, random)
    head = start + (_SQLITE_HEADER if start == 0 else 0)
    at = head + random.randrange(16)
    if at + 2 <= len(data):
        value = random.choice((0, 1, 2, 5, 10, 13, 0xFFFF, random.randrange(65536)))
        data[at : at + 2] = value.to_bytes(2, "big")


def link_overflow(data: bytearray, random: Random) -> None:
    """Lets a page say that another one follows it."""
    start, end = _page(data, random)
    if start and end - start >= 4:
        page = random.randrange(1, len(data) // page_size(data) + 2)
        data[start : start + 4] = page.to_bytes(4, "big")


def repeat_cell(data: bytearray, random: Random) -> None:
    """Makes one row of a table stand there as often as its page has room for pointers to it."""
    leaves = [start for start in _pages_of(data, _TABLE_LEAF) if start]
    if not leaves:
        return
    start = random.choice(leaves)
    cells = int.from_bytes(data[start + 3 : start + 5], "big")
    first = int.from_bytes(data[start + 5 : start + 7], "big")
    if not cells or first > page_size(data):
        return
    at = start + 8 + 2 * random.randrange(cells)
    pointer = bytes(data[at : at + 2])
    many = max(cells, (first - 8) // 2)
    data[start + 3 : start + 5] = many.to_bytes(2, "big")
    data[start + 8 : start + 8 + 2 * many] = pointer * many


def fan_out(data: bytearray, random: Random) -> None:
    """Gives a table more leaves than anyone can read: pages that name one another many times."""
    size = page_size(data)
    pages = len(data) // size
    roots = _pages_of(data, _TABLE_LEAF, _TABLE_INTERIOR)
    if not roots:
        return
    behind = data[pages * size :]  # the checksum of a book
    del data[pages * size :]
    root = 0 if random.random() < 0.5 else random.choice(roots)
    head = root + (_SQLITE_HEADER if root == 0 else 0)
    leaf = pages + 1
    depth = random.choice((3, 6, 12))
    copied = bytearray(data[root : root + size])
    if root == 0:
        # A leaf of the schema that is no first page: its cells stay where they are.
        cells = int.from_bytes(data[head + 3 : head + 5], "big")
        pointers = data[head + 8 : head + 8 + 2 * cells]
        copied[0:8] = data[head : head + 8]
        copied[8 : 8 + len(pointers)] = pointers
    data += copied
    for level in range(depth):
        data += _interior(leaf + level, size, 0)
    data[root : root + size] = data[root:head] + _interior(leaf + depth - 1, size, head - root)
    data[28:32] = (len(data) // size).to_bytes(4, "big")
    data += behind


def _interior(child: int, size: int, offset: int) -> bytes:
    """A page of pointers that all lead to one other page."""
    cell = child.to_bytes(4, "big") + b"\x01"
    many = (size - offset - 12) // (len(cell) + 2)
    body = size - offset
    starts = [body - (number + 1) * len(cell) + offset for number in range(many)]
    head = (
        bytes((_TABLE_INTERIOR, 0, 0))
        + many.to_bytes(2, "big")
        + min(starts).to_bytes(2, "big")
        + b"\x00"
        + child.to_bytes(4, "big")
        + b"".join(start.to_bytes(2, "big") for start in starts)
    )
    return head.ljust(body - many * len(cell), b"\x00") + cell * many


def _pages_of(data: bytearray, *kinds: int) -> list[int]:
    size = page_size(data)
    return [
        start
        for start in range(0, len(data) - size + 1, size)
        if data[start + (_SQLITE_HEADER if start == 0 else 0)] in kinds
    ]


Damage = Callable[[bytearray, Random], None]
TO_ANY_FILE: tuple[Damage, ...] = (
    flip_bits,
    change_bytes,
    zero_stretch,
    cut_short,
    cut_out,
    append,
)
TO_SQLITE: tuple[Damage, ...] = (
    flip_bits,
    flip_bits,
    flip_bits,
    *TO_ANY_FILE,
    zero_page,
    duplicate_page,
    swap_pages,
    edit_header,
    edit_header,
    edit_page_head,
    link_overflow,
    repeat_cell,
    fan_out,
)


def named(damage: Callable[..., None]) -> str:
    """What a damage is called in reports."""
    return damage.__name__.replace("_", " ")
