from __future__ import annotations

import pytest
from tests.extraction.reading import URL

from llmstxt_sched.extraction.dom.charset import decode
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


@pytest.mark.parametrize(
    ("language", "encoding", "text"),
    [
        ("ja", "shift_jis", "日本語の文書です。設定を説明します。"),
        ("ja-JP", "euc_jp", "日本語の文書です。設定を説明します。"),
        ("ko", "euc_kr", "이것은 한국어 문서입니다."),
        ("zh-CN", "gbk", "这是中文文档，说明如何配置。"),
        ("zh-TW", "big5", "這是中文文件，說明如何設定。"),
        ("ru", "cp1251", "Это русский документ о настройках программы."),
        ("ru", "koi8_r", "Это русский документ о настройках программы."),
        ("pl", "cp1250", "Zażółć gęślą jaźń"),
        ("el", "cp1253", "Ελληνικό έγγραφο"),
        ("tr", "cp1254", "Türkçe belge ve ğüşıöç"),
        ("he", "cp1255", "מסמך בעברית"),
        ("ar", "cp1256", "مستند عربي عن إعدادات"),
        ("sr-Latn", "cp1250", "Šta je čiji žućkasti đak"),
        ("th", "cp874", "เอกสารภาษาไทย"),
    ],
)
def test_a_page_that_declares_no_charset_is_in_the_usual_one_of_its_language(
    language: str, encoding: str, text: str
) -> None:
    page = f"<!DOCTYPE html><html class=a lang='{language}'><title>{text}</title><p>{text}"
    assert decode(page.encode(encoding), "text/html") == page
    assert decode(page.encode(), "text/html") == page


def test_a_page_in_another_charset_than_its_language_usually_has_is_windows_1252() -> None:
    body = b"<html lang=ja><p>caf\xe9 \xff au lait"
    assert decode(body, "text/html") == body.decode("cp1252")
    assert decode(b"<html lang=fr><p>caf\xe9", "text/html") == "<html lang=fr><p>caf\xe9"


def test_a_meta_whose_value_has_no_end_is_read_in_linear_time() -> None:
    assert decode(b"<meta name=description content='" + b"&lt;div&gt;" * 20_000 + b"'><p>Mill", "").endswith("Mill")
