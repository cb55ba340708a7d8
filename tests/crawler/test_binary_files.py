from __future__ import annotations

import pytest

from llmstxt_sched.crawler.binary_files import binary_kind


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7\n<html>", "a PDF"),
        (b"\n\n%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive"),
        (b"\x1f\x8b\x08\x00", "a compressed file"),
        (b"\x89PNG\r\n\x1a\n<html>", "a picture"),
        (b"GIF89a", "a picture"),
        (b"RIFF\x00\x01\x02\x03WEBPVP8 ", "a picture"),
        (b"\x00\x00\x00\x18ftypmp42", "a video"),
        (b"wOF2\x00\x01", "a font"),
        (b"\x7fELF\x02", "a program"),
        (b"MZ\x90\x00\x03", "a program"),
        (b"SQLite format 3\x00", "data"),
        (b"name".ljust(257, b"\x00") + b"ustar\x0000", "an archive"),
        (b"\x02\x01\x05plain\x00bytes", "binary data"),
        (bytes(range(256)) + b"<a", "binary data"),
    ],
)
def test_what_is_not_text_is_named(body: bytes, kind: str) -> None:
    assert binary_kind(body) == kind


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html><title>N\0U\0L</title>",
        b'["Hello"](a.md) is a link of Markdown',
        b"{{ braces of a template }} <p>",
        "<html>".encode("utf-16"),
        "<html><title>\u041c\u0435\u043b\u044c\u043d\u0438\u0446\u0430".encode("utf-16-le"),
        b"<!doctype html>\x01" + b"a stray control character does not matter here",
        "<html>".encode("utf-16-be"),
        "\ufeff# Titre\n\nÉté".encode(),
        b"BM is short for benchmark.",
        b"MZ marks the head of a program, ID3 that of a song.",
        b"\x1b$B$3$l\x1b(B",
    ],
)
def test_text_with_odd_bytes_may_be_a_page(body: bytes) -> None:
    assert binary_kind(body) == ""


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'<?xml version="1.0"?>\n<!-- made -->\n<rss version="2.0">', "a feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "a feed"),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", "a list of addresses"),
        (b"<?xml version='1.0'?>\n<?xml-stylesheet href='s.xsl'?><sitemapindex>", "a list of addresses"),
        (b"<opml version='2.0'>", "a list of addresses"),
        (b'{"title": "A"}', "JSON"),
        (b'[\n  {"id": 1}]', "JSON"),
        (b"{{ braces of a template }} <p>", ""),
    ],
)
def test_data_that_is_sent_as_html_is_no_page(body: bytes, kind: str) -> None:
    assert (binary_kind(body, is_html=True), binary_kind(body)) == (kind, "")
