"""CPR numbers at rest: AES-256-GCM bound to their row, and a keyed index for exact search."""

import hmac
import os
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


class KeyUnknown(Exception):
    """A value was written with a key version that this installation does not have."""


def encrypt(plain: str, *, row: bytes) -> bytes:
    """One byte of key version, the nonce, and the sealed text. `row` names the row it belongs to.

    The first key of CPR_ENCRYPTION_KEYS is used. Text moved to another row does not open.
    """
    version, key = next(iter(settings.CPR_ENCRYPTION_KEYS.items()))
    nonce = os.urandom(NONCE_BYTES)
    return bytes([int(version)]) + nonce + AESGCM(key).encrypt(nonce, plain.encode(), row)


def decrypt(sealed: bytes, *, row: bytes) -> str:
    """The text. Raises KeyUnknown, or cryptography's InvalidTag when it is not this row's."""
    version, rest = sealed[0], sealed[1:]
    key: bytes | None = settings.CPR_ENCRYPTION_KEYS.get(str(version))
    if key is None:
        raise KeyUnknown(version)
    return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], row).decode()


def blind_index(value: str) -> bytes:
    """HMAC-SHA-256 under CPR_INDEX_KEY: equal numbers have equal indexes, and nothing else shows.

    A plain hash would not do: all CPR numbers can be hashed in minutes.
    """
    return hmac.new(settings.CPR_INDEX_KEY, value.encode(), sha256).digest()
