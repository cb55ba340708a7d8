"""Many rows on their way to Postgres: written as JSON where they are made, read only by Postgres.

The process that passes them on neither decodes them nor holds them at their full length: for a site of 30,000 pages
they are some 30 MB, and building the parameters of a statement from them would keep the event loop busy for a second.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

# So many make a statement of a megabyte, which takes this process some milliseconds to send.  Postgres goes through all
# pages of a project to apply one.
_SLICE_ROWS = 3000
# The fastest: addresses and titles of one site shrink to a tenth even so.
_LEVEL = 1


class PackedRows(Struct, frozen=True):
    """Rows in slices for one statement each; `len` is the number of rows."""

    slices: tuple[bytes, ...] = ()
    count: int = 0

    def __len__(self) -> int:
        return self.count

    def parts(self) -> Iterator[tuple[int, str]]:
        """Each slice as a JSON array of objects, for json_to_recordset, and the number of rows before it."""
        for number, packed in enumerate(self.slices):
            yield number * _SLICE_ROWS, zlib.decompress(packed).decode()


def pack(rows: Sequence[Struct]) -> PackedRows:
    """Pack rows, whose fields are named as in the statement that will store them."""
    starts = range(0, len(rows), _SLICE_ROWS)
    slices = (msgspec.json.encode(rows[start : start + _SLICE_ROWS]) for start in starts)
    return PackedRows(tuple(zlib.compress(each, _LEVEL) for each in slices), len(rows))
