from __future__ import annotations

import pytest
from tests.extraction.reading import PROSE, read


def test_the_head_gives_title_descriptions_and_site() -> None:
    said = read(
        "<title> Setup \n | Site</title><meta name=Description content='What  to do'>"
        "<meta property=og:description content=Other><meta property=og:site_name content=Site>"
        f"<main><h2>First</h2><p>{PROSE} More.</p></main>"
    ).extract
    assert said.title == "Setup | Site"
    assert (said.description, said.og_description, said.site_name) == ("What to do", "Other", "Site")
    assert (said.h1, said.first_heading, said.lead) == ("", "First", PROSE)


def test_robots_meta_is_read_for_all_robots_and_for_ours() -> None:
    page = read("<meta name=ROBOTS content='NoIndex, follow'><meta name=llmstxt-sched content=nofollow>")
    assert page.noindex
    assert page.nofollow
    assert not read("<meta name=googlebot content=noindex>").noindex


def test_a_page_may_say_from_when_on_it_is_not_to_be_listed() -> None:
    page = read("<meta name=robots content='unavailable_after: 9999-12-01'>")
    assert (page.noindex, page.expires) == (False, True)
    assert not read("<meta name=robots content='unavailable_after: soon'>").expires


def test_the_canonical_address_is_that_of_the_head() -> None:
    link = "<link rel=canonical href=/c>"
    assert read(f"<head>{link}</head><body><p>{PROSE}</p></body>").canonical == "https://docs.example/c"
    after_picture = f"<head><noscript><img src=p.gif></noscript>{link}</head><body><p>{PROSE}</p></body>"
    assert read(after_picture).canonical == "https://docs.example/c"
    assert read(f"<head></head><body><div class=comment>{link}{PROSE}</div></body>").canonical == ""


@pytest.mark.parametrize(
    ("meta", "language"),
    [
        ('http-equiv="Content-Language" content="de"', "de"),
        ("name=content-language content=de-AT", "de-AT"),
        ('http-equiv="Content-Language" content="de, fr"', ""),
        ('http-equiv="Content-Style-Type" content="de"', ""),
    ],
)
def test_the_language_may_be_that_of_a_meta(meta: str, language: str) -> None:
    assert read(f"<meta {meta}><p>Wasser</p>").language == language
    assert read(f"<html lang=en><meta {meta}><p>Water</p>").language == "en"


def test_the_language_may_be_that_of_xml() -> None:
    assert read("<html xml:lang=de><p>Wasser</p></html>").language == "de"


def test_robots_meta_may_have_hyphens() -> None:
    page = read("<meta name=robots content=' No-Index , no-follow'>")
    assert (page.noindex, page.nofollow) == (True, True)


@pytest.mark.parametrize("name", ["description", "og:description"])
def test_a_description_that_was_escaped_twice_is_read_twice(name: str) -> None:
    escaped = "new &amp;lt;t&amp;gt; says &amp;quot;R&amp;amp;D&amp;quot; and it&amp;#39;s done &amp;mdash; &amp;copy;x"
    said = read(f'<meta name="{name}" property="{name}" content="{escaped}">').extract
    assert (said.description or said.og_description) == 'new <t> says "R&D" and it\'s done \u2014 &copy;x'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("&lt;p&gt;Grinds &lt;b&gt;corn&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;And rye.&lt;/p&gt;", "Grinds corn. And rye."),
        ("&amp;lt;p&amp;gt;Grinds &amp;lt;a href=&#39;/x&#39;&amp;gt;corn&amp;lt;/a", "Grinds corn"),
        ("&lt;div class=x&gt; Grinds&lt;br/&gt;corn &lt;/div&gt;", "Grinds corn"),
        ("&lt;p&gt; is the element of a paragraph.", "<p> is the element of a paragraph."),
        ("&lt;p&gt;: The Paragraph element", "<p>: The Paragraph element"),
        ("The &lt;p&gt; element &lt;/p&gt; ends.", "The <p> element </p> ends."),
        ("&lt;p&gt;The &lt;code&gt;&amp;lt;hr&amp;gt;&lt;/code&gt; element&lt;/p&gt;", "The <hr> element"),
        ("&amp;lt;p&amp;gt;The &amp;amp;lt;hr&amp;amp;gt; element&amp;lt;/p&amp;gt;", "The <hr> element"),
        ("&lt;div&gt;s and &lt;span&gt;s in a grid", "<div>s and <span>s in a grid"),
    ],
)
def test_a_description_that_is_a_piece_of_a_page_has_no_tags(content: str, said: str) -> None:
    assert read(f"<meta name=description content='{content}'>").extract.description == said
