"""What the service writes into its audit log is what the page has words for."""

from __future__ import annotations

import re
from pathlib import Path

import llmstxt_sched

PACKAGE = Path(llmstxt_sched.__file__).parent
ACTION = re.compile(r'"((?:project|run|user|session|token|scheduler|target|delivery)\.[a-z]+)"')


def test_the_audit_page_has_words_for_every_action_that_is_recorded() -> None:
    sources = [path for folder in ("services", "api", "cli") for path in (PACKAGE / folder).rglob("*.py")]
    recorded = {action for path in sources for action in ACTION.findall(path.read_text())}
    assert recorded == set(ACTION.findall((PACKAGE / "web" / "audit-words.js").read_text()))
