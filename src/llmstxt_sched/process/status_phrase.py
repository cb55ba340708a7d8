"""What a status is called, whatever the version of Python: its own library uses these names from 3.13 on."""

from __future__ import annotations

from http import HTTPStatus

# Other than in the RFCs before RFC 9110.
_RENAMED = {
    413: "Content Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
}


def phrase_of(status: int) -> str:
    """The name of a status, such as "Not Found" (RFC 9110, section 15)."""
    return _RENAMED.get(status) or HTTPStatus(status).phrase
