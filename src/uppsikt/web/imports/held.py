"""Files between dry run and import: kept on disk for a day, readable only by whoever brought them."""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File

from uppsikt.audit.actors import Actor
from uppsikt.core.findings import found
from uppsikt.web.errors import Absent
from uppsikt.web.findings import UPLOAD_GONE

KEPT_SECONDS = 24 * 3600
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,64}")
_ABOUT = "about.json"
_LONGEST_NAME = 200
_LONGEST_SUFFIX = 12


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that has been brought but not yet taken in."""

    token: str
    kind: str
    path: Path
    options: Mapping[str, str]

    @property
    def name(self) -> str:
        """The file's name as the reader knows it."""
        return self.path.name


def hold(*, actor: Actor, kind: str, upload: File[bytes], options: Mapping[str, str]) -> HeldFile:
    """Write an uploaded file to disk piece by piece, and forget those older than a day."""
    _forget_old()
    token = secrets.token_urlsafe(24)
    folder = _folder() / token
    folder.mkdir(parents=True, mode=0o700)
    path = folder / "file" / _disk_name(upload.name or "fil")
    path.parent.mkdir()
    with path.open("wb") as stream:
        for chunk in upload.chunks():
            stream.write(chunk)
    about = {"user": actor.user_id, "kind": kind, "name": path.name, "options": dict(options)}
    (folder / _ABOUT).write_text(json.dumps(about), encoding="utf-8")
    return HeldFile(token, kind, path, options)


def held(*, actor: Actor, kind: str, token: str) -> HeldFile:
    """The file of a token; `Absent` where it is gone, of another kind, or another person's."""
    about = _about(token)
    if about is None or about["user"] != actor.user_id or about["kind"] != kind:
        raise Absent(found(UPLOAD_GONE))
    return HeldFile(token, kind, _folder() / token / "file" / about["name"], about["options"])


def let_go(file: HeldFile) -> None:
    """Forget a file once it is taken in."""
    shutil.rmtree(_folder() / file.token, ignore_errors=True)


def _about(token: str) -> dict[str, Any] | None:
    # the token is part of a path: nothing but a token of ours is let near the disk
    if not _TOKEN.fullmatch(token):
        return None
    try:
        about = json.loads((_folder() / token / _ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return about if isinstance(about, dict) else None


def _disk_name(name: str) -> str:
    """The file's own name without folders, its end kept, no longer than disks take (bytes, not letters)."""
    own = Path(name)
    stem = own.stem.encode()[: _LONGEST_NAME - len(own.suffix.encode())].decode(errors="ignore")
    return f"{stem}{own.suffix}" if len(own.suffix) < _LONGEST_SUFFIX else stem


def _folder() -> Path:
    return Path(settings.HOME) / "uploads"


def _forget_old() -> None:
    oldest = time.time() - KEPT_SECONDS
    for folder in _folder().glob("*"):
        with suppress(FileNotFoundError):  # another request may be forgetting the same one
            if folder.stat().st_mtime < oldest:
                shutil.rmtree(folder, ignore_errors=True)
