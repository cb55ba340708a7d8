from __future__ import annotations

import base64

import pytest

from llmstxt_sched.domain.notifications.signing import key_of, secret_of
from llmstxt_sched.errors import InvalidInput


def test_a_secret_is_its_key_in_base64() -> None:
    assert secret_of(b"k" * 24) == "whsec_a2tra2tra2tra2tra2tra2tra2tra2tr"
    assert key_of(secret_of(b"k" * 64)) == b"k" * 64


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "whsec_",
        "a2tra2tra2tra2tra2tra2tra2tra2tr",
        "whsec_a2tra2tra2tra2tra2tra2tra2tra2t",
        "whsec_a2tra2tra2tra2tra2tra2tra2tra-_r",
        "whsec_" + base64.b64encode(b"k" * 23).decode(),
        "whsec_" + base64.b64encode(b"k" * 65).decode(),
        "whsec_é2tra2tra2tra2tra2tra2tra2tra2tr",
    ],
)
def test_a_secret_of_another_form_is_refused(secret: str) -> None:
    with pytest.raises(InvalidInput):
        key_of(secret)
