"""What a process of the parser pool does with one page.

It is a module of its own because such a process loads nothing else: it starts in a fifth less time without asyncio.
"""

from __future__ import annotations

import signal

import msgspec

from llmstxt_sched.crawler.model import PAGE_SECONDS
from llmstxt_sched.crawler.site_markdown.markdown_page import read_markdown_page
from llmstxt_sched.errors import FetchFailed
from llmstxt_sched.extraction.dom.picks import Picks
from llmstxt_sched.extraction.extract import extract
from llmstxt_sched.extraction.model import Content
from llmstxt_sched.extraction.place.script_menu import MENU_TYPES, read_script_menu
from llmstxt_sched.outbound.headers import MARKDOWN, media_type

# In characters: relative links and pictures, of which a page holds a great many, are absolute in Markdown.
_LARGEST_MARKDOWN = 10 * 1024**2

_write = msgspec.msgpack.encode
_QUESTION = msgspec.msgpack.Decoder(tuple[bytes, str, str, Picks])


def parse(question: bytes) -> bytes:
    """Parse the page of `question`, the MessagePack of its body, URL, Content-Type and picks.

    The answer is the MessagePack of its Content, or of a message why there is none.
    """
    try:
        return _write(_parse_page(*_QUESTION.decode(question)))
    # A text that cannot be written, such as half of a surrogate pair, is an error of the page as well.
    except UnicodeEncodeError as error:
        return _write(str(error))


def _parse_page(body: bytes, url: str, content_type: str, picks: Picks) -> Content | str:
    """Return the content, or a message why there is none."""
    # The signal of this timer, which counts the CPU time of the process, ends it even while the parser's C code runs.
    signal.setitimer(signal.ITIMER_PROF, PAGE_SECONDS)
    try:
        if media_type(content_type) == MARKDOWN:
            return read_markdown_page(body, url, content_type)
        if media_type(content_type) in MENU_TYPES:
            return read_script_menu(body, url, content_type)
        content = extract(body, url, content_type, picks)
        if len(content.markdown) > _LARGEST_MARKDOWN:
            return f"its Markdown has more than {_LARGEST_MARKDOWN:,} characters"
        return content
    except FetchFailed as error:
        return error.message
    except Exception as error:  # noqa: BLE001 - any error in the parser is a failure of this page only
        return f"{type(error).__name__}: {error}"[:300]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
