from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, of_main
from tests.support.growth import assert_linear

A = "<a href='https://twitter.com/intent/tweet?url=x'>Twitter</a>"
B = "<a href='https://www.facebook.com/sharer/sharer.php?u=x'>Facebook</a>"
HATENA = "<a href='https://b.hatena.ne.jp/entry/s/x'>はてなブックマーク</a>"
WEIBO = "<a href='//service.weibo.com/share/share.php?url=x'><img src=w.png alt=微博></a>"
BARE = "<a href=https://twitter.com/intent/tweet>Tweet</a>"
MAIL = "<a href='mailto:?subject=Gears&amp;body=x'>E-Mail</a>"


@pytest.mark.parametrize(
    "bar",
    [
        f"<div><p>Share this page</p><ul><li>{A}</li><li>{B}</li></ul></div>",
        f"<div><p>このページを共有</p><ul><li>{A}</li><li>{MAIL}</li></ul></div>",
        f"<p>分享到：{A} {B}</p>",
        f"<p>Поделиться: {A}, <a href='https://vk.com/share.php?url=x'>ВКонтакте</a></p>",
        f"<h3>Partager</h3><ul><li>{A}</li><li>{B}</li></ul>",
        f"<p>Teilen:</p><div>{A}{B}<a href='#'>Link kopieren</a></div>",
        f"<ul><li>{HATENA}</li><li><a href='https://social-plugins.line.me/lineit/share?url=x'>LINE</a></li></ul>",
        f"<div>{WEIBO}<a href='https://t.me/share/url?url=x'><img src=t.png alt=Telegram></a></div>",
    ],
)
def test_links_that_share_the_page_are_left_out_whatever_they_are_called(bar: str) -> None:
    assert of_main(f"<h1>T</h1><p>{PROSE}</p>{bar}") == f"# T\n\n{PROSE}"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"<p>A site may link to {A} and to {B} so that its readers can share it with others.</p>", "[Facebook]"),
        (
            f"<ul><li>{BARE}</li><li><a href=https://t.me/share/url>Share</a></li></ul>",
            "[Tweet]",
        ),
        (
            "<ul><li><a href='https://twitter.com/intent/tweet?text=a'>twitter.com/intent/tweet</a></li></ul>",
            "[twitter",
        ),
        (
            f"<p>A mill has these links, which its readers use to tell of it:</p><ul><li>{A}</li><li>{B}</li></ul>",
            "[Twitter]",
        ),
        (f"<p>{A}</p>", "[Twitter]"),
        (f"<div>{A} {B} <a href=https://ann.example/>Ann</a></div>", "[Ann]"),
        (f"<table><tr><td>{A}</td><td>{B}</td></tr></table>", "[Twitter]"),
        (f"<h2>Sharing</h2><ul><li>{A}</li><li>{B}</li></ul><p>{PROSE}</p>", "## Sharing"),
    ],
)
def test_what_a_text_says_of_such_links_stays(text: str, kept: str) -> None:
    assert kept in of_main(f"<h1>T</h1><p>{PROSE}</p>{text}")


@pytest.mark.slow
def test_very_many_of_them_take_linear_time() -> None:
    def read(depth: int) -> None:
        assert PROSE in of_main(f"<p>{PROSE}</p>{'<div>' * depth}{A * (40 * depth)}{'</div>' * depth}")

    assert_linear(read, 200)
