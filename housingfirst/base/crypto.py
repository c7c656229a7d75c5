"""What is sealed at rest: AES-256-GCM bound to its row, and a keyed index for exact search."""

import hmac
import os
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


class KeyUnknown(Exception):
    """A value was written with a key version that this installation does not have."""


def encrypt(plain: str, *, row: bytes) -> bytes:
    """The sealed text: see `seal`."""
    return seal(plain.encode(), row=row)


def decrypt(sealed: bytes, *, row: bytes) -> str:
    """The text. Raises what `open_sealed` raises."""
    return open_sealed(sealed, row=row).decode()


def seal(plain: bytes, *, row: bytes) -> bytes:
    """One byte of key version, the nonce, and the sealed bytes. `row` names their row.

    The first key of CPR_ENCRYPTION_KEYS is used. What is moved to another row does not open.
    """
    version, key = next(iter(settings.CPR_ENCRYPTION_KEYS.items()))
    nonce = os.urandom(NONCE_BYTES)
    return bytes([int(version)]) + nonce + AESGCM(key).encrypt(nonce, plain, row)


def open_sealed(sealed: bytes, *, row: bytes) -> bytes:
    """The bytes. Raises KeyUnknown, or cryptography's InvalidTag when they are not this row's."""
    version, rest = sealed[0], sealed[1:]
    key: bytes | None = settings.CPR_ENCRYPTION_KEYS.get(str(version))
    if key is None:
        raise KeyUnknown(version)
    return AESGCM(key).decrypt(rest[:NONCE_BYTES], rest[NONCE_BYTES:], row)


def blind_index(value: str) -> bytes:
    """HMAC-SHA-256 under CPR_INDEX_KEY: equal numbers have equal indexes, and nothing else shows.

    A plain hash would not do: all CPR numbers can be hashed in minutes.
    """
    return hmac.new(settings.CPR_INDEX_KEY, value.encode(), sha256).digest()
