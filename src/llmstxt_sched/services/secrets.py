"""Seals what sites must be given back as it was: AES-256-GCM (NIST SP 800-38D), each secret bound to its owner's id.

A sealed secret is a byte for the form (1), a nonce of 12 bytes, and the ciphertext with its tag.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from llmstxt_sched.config import SecretsSettings, Settings, variable
from llmstxt_sched.errors import ConfigError, Conflict, LlmstxtError, StartError, WrongSettings
from llmstxt_sched.process.private_file import write_private

KEY_FILE = "secrets.key"
KEY, OLD_KEY = variable("secrets", "key"), variable("secrets", "old_key")
# Of random letters and digits these are 95 bits.
MIN_CHARACTERS = 16

_FORM = b"\x01"
_NONCE_BYTES = 12
# A key is made of what the operator set, which may be a sentence: a guess takes 16 MiB and some 40 ms (RFC 7914).
_SALT = b"llmstxt-sched secrets"
_COST, _BLOCK = 2**14, 8


class UnreadableSecret(LlmstxtError):
    """A secret was sealed with a key that is not set, for another owner, or it was damaged."""


class Secrets:
    """Seals with the first of `keys`, and opens with any of them; without a key it does neither."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        derived = [_derived(key) for key in dict.fromkeys(filter(None, keys))]
        self._ciphers = [AESGCM(key) for key in derived]
        # Keys of their own, so that signatures tell nothing about the keys that seal.
        self._signing_keys = [hmac.digest(key, b"signing", "sha256") for key in derived]

    def seal(self, owner: UUID, secret: bytes) -> bytes:
        """Seal `secret` for `owner` alone.  Raises Conflict without a key."""
        if not self._ciphers:
            raise Conflict(f"nothing secret can be stored before {KEY} is set: `openssl rand -base64 32` makes a key")
        nonce = os.urandom(_NONCE_BYTES)
        return _FORM + nonce + self._ciphers[0].encrypt(nonce, secret, owner.bytes)

    def sign(self, owner: UUID, what: bytes) -> bytes:
        """32 bytes that only a holder of the key can make of these two (HMAC, RFC 2104).

        Raises Conflict without a key.
        """
        if not self._signing_keys:
            raise Conflict(f"nothing can be signed before {KEY} is set: `openssl rand -base64 32` makes a key")
        return _signed(self._signing_keys[0], owner, what)

    def has_signed(self, owner: UUID, what: bytes, signature: bytes) -> bool:
        """Whether `sign` with any of the keys makes this signature; takes as long for each that is wrong."""
        fits = [hmac.compare_digest(_signed(key, owner, what), signature) for key in self._signing_keys]
        return any(fits)

    def open(self, owner: UUID, sealed: bytes) -> tuple[bytes, bool]:
        """The secret, and whether it was sealed with the first key.  Raises UnreadableSecret."""
        form, nonce, text = sealed[:1], sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        for number, cipher in enumerate(self._ciphers if form == _FORM else ()):
            try:
                return cipher.decrypt(nonce, text, owner.bytes), number == 0
            except InvalidTag:
                continue
        missing = f"set it to the key with which it was stored, or {OLD_KEY} to one that was replaced"
        raise UnreadableSecret(f"what is stored sealed cannot be read with {KEY}: {missing}, or enter it anew")

    def opens(self, owner: UUID, sealed: bytes) -> bool:
        """Whether one of the keys opens what was sealed for `owner`."""
        try:
            self.open(owner, sealed)
        except UnreadableSecret:
            return False
        return True


def _signed(key: bytes, owner: UUID, what: bytes) -> bytes:
    return hmac.digest(key, owner.bytes + what, "sha256")


def secrets_of(settings: Settings) -> Secrets:
    """The secrets by the keys of the settings; with an embedded Postgres also by the one in its data folder.

    Raises ConfigError for a key that is too short, StartError if the data folder's cannot be made or read.
    """
    wrong = WrongSettings()
    check_keys(settings.secrets, wrong)
    wrong.tell()
    own = "" if settings.database_url else _key_in(settings.data_dir, is_needed=not settings.secrets.key)
    # The folder's own before the old one: whoever sets a key for the first time has replaced it.
    return Secrets((settings.secrets.key, own, settings.secrets.old_key))


def check_keys(settings: SecretsSettings, wrong: WrongSettings) -> None:
    """Note the keys that are too short."""
    for name, key in ((KEY, settings.key), (OLD_KEY, settings.old_key)):
        with wrong:
            if 0 < len(key) < MIN_CHARACTERS:
                raise ConfigError(
                    f"{name} has fewer than {MIN_CHARACTERS} characters: `openssl rand -base64 32` makes one"
                )


def _key_in(data: Path, *, is_needed: bool) -> str:
    """The key in the data folder, which is made if it `is_needed`; only its owner may read it."""
    path = data / KEY_FILE
    try:
        if is_needed and not path.exists():
            write_private(path, secrets.token_urlsafe(32))
        return path.read_text().strip() if path.exists() else ""
    except OSError as error:
        raise StartError(f"{path} cannot be made or read: {error.strerror}") from None


def _derived(key: str) -> bytes:
    return hashlib.scrypt(key.encode(), salt=_SALT, n=_COST, r=_BLOCK, p=1, dklen=32)
