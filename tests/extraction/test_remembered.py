from __future__ import annotations

import tracemalloc

import pytest
from tests.extraction.reading import PROSE, read

from llmstxt_sched.extraction.remembered import remembered


def test_a_short_text_is_asked_about_once_and_a_long_one_each_time() -> None:
    asked: list[str] = []

    @remembered(9)
    def length(text: str, more: int) -> int:
        asked.append(text)
        return len(text) + more

    assert [length(text, 1) for text in ("a", "a", "b" * 999, "b" * 999)] == [2, 2, 1000, 1000]
    assert asked == ["a", "b" * 999, "b" * 999]


@pytest.mark.slow
@pytest.mark.parametrize(
    "html",
    [
        "<x-island props='{}'>x</x-island>",
        "<div style='background:url(data:{})'>x</div>",
        "<div class='x {}'>x</div>",
        "<div id='{}'>x</div>",
        "<a href='data:{}'>x</a>",
        "<template></template><a title='{}' href='data:{}'>x</a>",
    ],
)
def test_a_page_with_a_long_attribute_is_forgotten(html: str) -> None:
    """A hundred thousand characters each, of which as many times as pages would stay."""
    head = "<meta property=og:type content=article><article><h1>T</h1><time>2024-01-01</time>"

    def read_pages(first: int) -> int:
        for number in range(first, first + 20):
            read(f"{head}{f'<p>{PROSE}</p>' * 5}{html.replace('{}', f'{number}'.rjust(100_000, 'x'))}</article>")
        return tracemalloc.get_traced_memory()[0]

    read_pages(0)
    tracemalloc.start()
    try:
        assert read_pages(20) < 1_500_000
    finally:
        tracemalloc.stop()
