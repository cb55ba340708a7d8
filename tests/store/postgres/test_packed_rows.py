from __future__ import annotations

import json

from msgspec import Struct

from llmstxt_sched.store.postgres.packed_rows import PackedRows, pack


class Row(Struct):
    number: int
    text: str


def test_rows_come_back_in_slices_with_the_number_of_those_before() -> None:
    rows = pack([Row(number, "é") for number in range(6001)])
    assert len(rows) == 6001
    parts = [(first, json.loads(part)) for first, part in rows.parts()]
    assert [(first, len(part)) for first, part in parts] == [(0, 3000), (3000, 3000), (6000, 1)]
    assert parts[2][1] == [{"number": 6000, "text": "é"}]


def test_no_rows_are_no_slices() -> None:
    assert not pack([])
    assert list(PackedRows().parts()) == []
