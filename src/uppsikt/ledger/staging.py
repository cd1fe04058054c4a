"""Where a batch is built: a folder of its own beside the batches, held by a lock while its process lives.

The lock goes with the process, however it ends; so what a killed import left behind can be told from what
another import is building right now, and is cleared away by the next import.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

if os.name == "nt":
    import msvcrt
else:
    import fcntl


def ledger_folder() -> Path:
    """The installation's ledger folder, as the settings say at this moment."""
    return Path(settings.LEDGER_FOLDER)


def batches_folder() -> Path:
    """Where the batches lie, each in a folder named by its content hash."""
    return ledger_folder() / "batches"


def batch_folder(content_hash: str) -> Path:
    """Where one batch lies."""
    return batches_folder() / content_hash


@contextmanager
def building() -> Iterator[Path]:
    """A fresh folder on the batches' disk; whatever is left in it afterwards is removed."""
    incoming = ledger_folder() / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    clear_leftovers()
    folder, lock = _held_folder(incoming)
    try:
        folder.mkdir()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.close()
        folder.with_suffix(".lock").unlink(missing_ok=True)


def _held_folder(incoming: Path) -> tuple[Path, BinaryIO]:
    for _ in range(100):
        folder = incoming / secrets.token_hex(8)
        lock = folder.with_suffix(".lock").open("wb")
        with suppress(OSError):  # another import's clearing got in between the file's making and its locking
            _lock(lock)
            if os.fstat(lock.fileno()).st_nlink:
                return folder, lock
        lock.close()
    raise RuntimeError("no folder could be locked for building")


def clear_leftovers() -> list[Path]:
    """Remove the folders of imports that died; returns them. Folders of living imports are left alone."""
    incoming = ledger_folder() / "incoming"
    cleared = []
    for lock_path in sorted(incoming.glob("*.lock")):
        with suppress(OSError), lock_path.open("r+b") as lock:
            _lock(lock)  # OSError: its import is alive
            folder = lock_path.with_suffix("")
            shutil.rmtree(folder, ignore_errors=True)
            lock_path.unlink()
            cleared.append(folder)
    return cleared


def _lock(stream: BinaryIO) -> None:
    if os.name == "nt":
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


def sync_folder(folder: Path) -> None:
    """Force a folder's files and the folder itself to disk, so that a power cut can't undo a rename alone."""
    for path in folder.iterdir():
        with path.open("rb+") as stream:
            os.fsync(stream.fileno())
    sync_entry(folder)


def sync_entry(folder: Path) -> None:
    """Force a folder's list of names to disk (which Windows does by itself)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
