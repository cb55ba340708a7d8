from __future__ import annotations

import pytest

from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.extraction.dom.attributes import MAX_ATTRIBUTES, check_attributes
from llmstxt_sched.extraction.dom.nesting import SMALL_CHARS


def page(attributes: str) -> str:
    return f"<p>{'x' * SMALL_CHARS}</p><p {attributes}>y</p>"


def test_a_tag_with_too_many_attributes_is_refused() -> None:
    check_attributes(page(" ".join(f"a{number}=1" for number in range(MAX_ATTRIBUTES))))
    with pytest.raises(FetchFailed, match="attributes"):
        check_attributes(page(" ".join(f"a{number}=1" for number in range(MAX_ATTRIBUTES + 1))))


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_long_value_is_one_attribute(quote: str) -> None:
    check_attributes(page(f"data-props={quote}{'a: 1, ' * SMALL_CHARS}{quote}"))
