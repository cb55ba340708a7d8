from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, extracted, of_main
from tests.support.growth import assert_linear

from llmstxt_sched.extraction.dom.white_space import without_breaks


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("プログ\nラミング言語", "プログラミング言語"),
        ("中文，  \n\t下一行。\n「引用」", "中文，下一行。「引用」"),
        ("𠮷野\n家", "𠮷野家"),
        ("한국어\n줄바꿈", "한국어\n줄바꿈"),
        ("ไทย\nไทย", "ไทย\nไทย"),
        ("中文\nEnglish\n中文", "中文\nEnglish\n中文"),
        ("中文 中文", "中文 中文"),
        ("one\ntwo", "one\ntwo"),
    ],
)
def test_a_line_feed_between_characters_that_stand_without_spaces_is_none(written: str, read: str) -> None:
    assert without_breaks(written) == read


def test_a_text_reads_on_where_its_line_was_full() -> None:
    html = f"<h1>見出し\nの行</h1><p>プログ\nラミング<b>言\n語</b>の\n<a href=/x>説\n明</a></p><p>{PROSE}</p>"
    assert of_main(html).startswith("# 見出しの行\n\nプログラミング**言語**の [説明](")
    page = extracted(
        "<main><h1>見出し\nの行</h1><p>プログ\nラミング言語の説明をする文書であり、長い文です。</p></main>"
    )
    assert (page.h1, page.lead) == ("見出しの行", "プログラミング言語の説明をする文書であり、長い文です。")


def test_code_and_what_stands_in_blocks_of_its_own_keep_their_lines() -> None:
    assert "\n一\n二\n" in of_main(f"<p>{PROSE}</p><pre>一\n二</pre>")
    assert of_main(f"<p>{PROSE}</p><p>一<br>\n二</p>").endswith("一\n二")
    assert of_main(
        f"<p>{PROSE}</p><table><tr><th>一</th>\n<th>二</th></tr><tr><td>三</td>\n<td>四</td></tr></table>"
    ).endswith("| 一 | 二 |\n| --- | --- |\n| 三 | 四 |")


@pytest.mark.slow
def test_very_many_spaces_take_linear_time() -> None:
    assert_linear(lambda spaces: without_breaks(f"中{' ' * spaces}\n{' ' * spaces}a"), 1_000_000)
    assert_linear(lambda spaces: without_breaks("中 " * spaces + "\n"), 500_000)
