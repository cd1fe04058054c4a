"""Content hashes: what a thing is called when its content is its identity."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

_CHUNK_BYTES = 1 << 20


def hash_bytes(content: bytes) -> str:
    """SHA-256 as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def canonical_json(value: object) -> str:
    """JSON that is the same for equal values: sorted keys, no spaces, dates and such as text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)


def hash_of(value: object) -> str:
    """SHA-256 of a value's canonical JSON."""
    return hash_bytes(canonical_json(value).encode())


def short(content_hash: str) -> str:
    """The first twelve digits: enough to read out and compare in print."""
    return content_hash[:12]
