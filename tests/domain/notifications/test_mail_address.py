from __future__ import annotations

import pytest

from llmstxt_sched.domain.notifications.mail_address import check_mail_address
from llmstxt_sched.errors import InvalidInput


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("docs@example.com", "docs@example.com"),
        (" First.Last+docs@Example.COM ", "First.Last+docs@example.com"),
        ("o'brien@example.com", "o'brien@example.com"),
        ("root@mailhost", "root@mailhost"),
        (f"{'a' * 64}@example.com", f"{'a' * 64}@example.com"),
        ("post@bücher.example", "post@xn--bcher-kva.example"),
        ("post@BÜCHER.example", "post@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_kept_as_servers_take_it(given: str, kept: str) -> None:
    assert check_mail_address(given) == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "docs",
        "docs@",
        "@example.com",
        "a@b@example.com",
        "Docs <docs@example.com>",
        '"a b"@example.com',
        "a..b@example.com",
        ".a@example.com",
        "a@example..com",
        "a@-example.com",
        "a@[127.0.0.1]",
        "a@example.com\nBcc: b@example.com",
        "a\r\nRCPT TO:<b@example.com>@example.com",
        "a@example.com\x00",
        "a@exa\ud800mple.com",
        "a,b@example.com",
        "a@example.com, b@example.com",
        "jörg@example.com",
        f"{'a' * 65}@example.com",
        f"a@{'b' * 64}.com",
        f"a@{'b.' * 126}com",
        "a@" + "ü" * 70 + ".example",
    ],
)
def test_what_is_no_address_or_more_than_one_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"^must ") as refused:
        check_mail_address(text)
    assert [field for field, _ in refused.value.errors] == ["address"]
