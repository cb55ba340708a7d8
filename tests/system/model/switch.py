"""Where one coroutine of a history gives way to the others."""

from __future__ import annotations

from collections.abc import Generator


class _Switch:
    def __await__(self) -> Generator[None, None, None]:
        yield


async def switch() -> None:
    """Stands between every two effects: others may come first, or whoever waits here is cut off for good."""
    await _Switch()
