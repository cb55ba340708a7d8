from __future__ import annotations

import pytest
from tests.extraction.reading import URL

from llmstxt_sched.extraction.extract import extract


@pytest.mark.parametrize(
    ("body", "header"),
    [
        ("<title>Grüße</title>".encode(), "text/html"),
        ("<title>Grüße</title>".encode("latin-1"), "text/html; charset=ISO-8859-1"),
        (b"<meta charset=windows-1252><title>Gr\xfc\xdfe</title>", "text/html"),
        (b"<title>Gr\xfc\xdfe</title>", "text/html"),
        (b'<p a="<meta charset=utf-8>"><meta charset=cp1252><title>Gr\xfc\xdfe</title>', "text/html"),
        (b"</p a='<meta charset=utf-8>'><meta charset=cp1252><title>Gr\xfc\xdfe</title>", "text/html"),
        (b"<?php <meta charset=utf-8> ?><meta charset=cp1252><title>Gr\xfc\xdfe</title>", "text/html"),
        (b"<iframe><meta charset=utf-8></iframe><meta charset=cp1252><title>Gr\xfc\xdfe</title>", "text/html"),
        (b"<!--><meta charset=cp1252>--><title>Gr\xfc\xdfe</title>", "text/html"),
        (b"<!-- <meta charset=utf-8> --><p it's><meta charset=cp1252><title>Gr\xfc\xdfe</title>", "text/html"),
        (b"<!doctype html><a b=c'><meta charset=cp1252 /><title>Gr\xfc\xdfe</title>", "text/html"),
        (b"\xef\xbb\xbf" + "<title>Grüße</title>".encode(), "text/html; charset=latin-1"),
        ("\ufeff<title>Grüße</title>".encode("utf-16-le"), "text/html"),
        ("<meta charset=utf-16><title>Grüße</title>".encode(), "text/html"),
        ("<title>G\0rüße</title>".encode(), "text/html; charset=utf-8"),
    ],
)
def test_the_charset_comes_from_mark_header_meta_or_the_bytes(body: bytes, header: str) -> None:
    assert extract(body, URL, header).extract.title == "Grüße"


@pytest.mark.parametrize("label", ["zlib", "idna", "punycode", "utf-7", "hex", "unicode_escape", "none-such"])
def test_a_page_cannot_choose_a_codec_that_is_no_charset(label: str) -> None:
    assert extract(b"<title>+ADw-a</title>", URL, f"text/html; charset={label}").extract.title == "+ADw-a"
