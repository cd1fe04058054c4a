"""The postings of split codes, taken out of the ledger's files once and kept while the program runs.

Whole statements cut the postings of split codes posting by posting, which would have them read the ledger a second
time for a few codes. Files of the ledger never change, so what is taken out for some codes is good as long as the
files are the same: one small file in a folder of the program's own, gone when it ends.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from threading import Lock

_KEPT = 32  # files; more only while the oldest is still in use
_IN_USE_SECONDS = 900.0  # no question takes longer
Identity = tuple[tuple[str, int, int], ...]  # of the ledger's files
_taken: OrderedDict[tuple[Identity, tuple[tuple[str, object], ...]], tuple[Path, float]] = OrderedDict()
_lock = Lock()
_folder: list[Path] = []


def taken_out(files: Identity, codes: Mapping[str, object], take: Callable[[Path], object]) -> Path:
    """The file with the postings on the split `codes`; `take` writes it where it isn't there."""
    key = (files, tuple(sorted(codes.items())))
    with _lock:
        if key in _taken:
            path, _ = _taken.pop(key)
            _taken[key] = path, time.monotonic()
            return path
        path = _own_folder() / f"{time.monotonic_ns()}-{len(_taken)}.parquet"
    take(path)  # two may take the same out at once: then the first one's file is left alone until the end
    with _lock:
        _taken[key] = path, time.monotonic()
        for own in _spare():
            _taken.pop(own)[0].unlink(missing_ok=True)
    return path


def _spare() -> Sequence[tuple[Identity, tuple[tuple[str, object], ...]]]:
    """The longest unused beyond what is kept, if no question can be reading them."""
    oldest = list(_taken)[: max(0, len(_taken) - _KEPT)]
    return [own for own in oldest if time.monotonic() - _taken[own][1] > _IN_USE_SECONDS]


def _own_folder() -> Path:
    if not _folder or not _folder[0].is_dir():
        _folder[:] = [Path(tempfile.mkdtemp(prefix="uppsikt-"))]  # readable by its owner alone
        atexit.register(shutil.rmtree, _folder[0], ignore_errors=True)
    return _folder[0]
