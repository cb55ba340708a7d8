"""How the tests are spread over the processes that run them."""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

_BROWSER = "tests/browser/"
# Each is as much work as all other files there.
_BY_THEMSELVES = (f"{_BROWSER}test_every_page.py", f"{_BROWSER}test_every_project_page.py")


class ByService(LoadFileScheduling):  # type: ignore[misc]
    """A file's tests stay in one process, and those of most files of tests/browser together in one.

    Each process that has some of these starts a browser, a service that it fills, and a service to change: ten seconds.
    """

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return _BROWSER if file.startswith(_BROWSER) and file not in _BY_THEMSELVES else file
