"""What is told of a server that ended."""

from __future__ import annotations

import pytest

from llmstxt_sched.embedded.child import reason

STAMP = "2026-11-28 06:46:43.541 UTC [31454]"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], ""),
        (["Fatal error, can't open config file", "# Failed listening on port 1"], "# Failed listening on port 1"),
        (
            [f"{STAMP} FATAL:  could not open shared memory segment", f"{STAMP} LOG:  database system is shut down"],
            "FATAL:  could not open shared memory segment",
        ),
        (
            [f"{STAMP} FATAL:  database files are incompatible", f"{STAMP} DETAIL:  They are of version 9.6."],
            "FATAL:  database files are incompatible DETAIL:  They are of version 9.6.",
        ),
        (
            [f"{STAMP} FATAL:  terminating connection", *[f"{STAMP} LOG:  checkpoint"] * 9, f"{STAMP} LOG:  shut down"],
            f"{STAMP} LOG:  shut down",
        ),
    ],
)
def test_the_reason_of_an_end_is_the_last_fatal_message_of_late(lines: list[str], expected: str) -> None:
    assert reason("\n".join(lines)) == expected
