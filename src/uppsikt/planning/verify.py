"""Whether the adopted rounds' files are still what was adopted."""

from __future__ import annotations

import json

from uppsikt.core.findings import Finding, found
from uppsikt.core.hashes import hash_bytes, hash_file
from uppsikt.planning.findings import FROZEN_CHANGED
from uppsikt.planning.freeze import MANIFEST, frozen_folder
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import rounds
from uppsikt.planning.states import State


def verify_rounds() -> list[Finding]:
    """A finding for each file of an adopted round that is gone or changed."""
    adopted = [row for row in rounds() if row.state is State.ADOPTED]
    return [found(FROZEN_CHANGED, round=row.key, file=name) for row in adopted for name in _changed(row)]


def _changed(row: RoundRow) -> list[str]:
    folder = frozen_folder(row)
    manifest = folder / MANIFEST
    if not manifest.is_file() or hash_bytes(manifest.read_bytes()) != row.frozen_hash:
        return [MANIFEST]
    files = json.loads(manifest.read_bytes())["files"]
    return [
        name
        for name, facts in files.items()
        if not (folder / name).is_file() or hash_file(folder / name) != facts["hash"]
    ]
