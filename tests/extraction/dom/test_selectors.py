from __future__ import annotations

import pytest

from llmstxt_sched.extraction.dom.selectors import check_selector


@pytest.mark.parametrize("selector", ["a[", ":::x", "p >", "{"])
def test_what_is_no_selector_is_said(selector: str) -> None:
    with pytest.raises(ValueError, match="is no CSS selector"):
        check_selector(selector)
