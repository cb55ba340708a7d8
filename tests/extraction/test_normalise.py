from __future__ import annotations

from llmstxt_sched.documents.model import Extract
from llmstxt_sched.extraction.markdown import content_sha256
from llmstxt_sched.extraction.model import Content
from llmstxt_sched.extraction.normalise import keep_link_order


def content(markdown: str, *links: str) -> Content:
    return Content(Extract(), markdown, content_sha256(markdown), links)


def test_links_in_another_order_are_what_was_known() -> None:
    known = content("See [a](/a) and [b](/b).", "/a", "/b")
    assert keep_link_order(content("See [b](/b) and [a](/a).", "/b", "/a"), known) == known


def test_another_word_is_a_change() -> None:
    known = content("See [a](/a) and [b](/b).", "/a", "/b")
    new = content("See [b](/b) nor [a](/a)!", "/b", "/a")
    assert keep_link_order(new, known).markdown == new.markdown
    assert keep_link_order(new, known).links == known.links


def test_another_link_is_a_change() -> None:
    new = content("See [b](/b) and [c](/c).", "/b", "/c")
    assert keep_link_order(new, content("See [a](/a) and [b](/b).", "/a", "/b")) == new


def test_code_that_looks_like_links_is_code() -> None:
    known = content("```\n[a](1)\n[b](2)\n```")
    new = content("```\n[b](2)\n[a](1)\n```")
    assert keep_link_order(new, known) == new
