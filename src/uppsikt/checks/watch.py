"""Look at files again whenever they are saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from time import sleep

PAUSE_SECONDS = 0.5

Stamp = tuple[int, int]


def stamps(paths: Sequence[Path]) -> dict[Path, Stamp]:
    """When each file was last changed and how large it is; a file that is away (being saved) is left out."""
    found: dict[Path, Stamp] = {}
    for path in paths:
        try:
            state = path.stat()
        except OSError:
            continue
        found[path] = state.st_mtime_ns, state.st_size
    return found


def watch(
    paths: Sequence[Path], look: Callable[[], None], *, pause: Callable[[], None] = lambda: sleep(PAUSE_SECONDS)
) -> None:
    """Look once, then again each time a file was changed and lay still for one pause. Ends by interruption.

    Word processors save in several steps; a file that is still growing, or away, is waited for.
    """
    seen = stamps(paths)
    look()
    before = seen
    while True:
        pause()
        now = stamps(paths)
        if now != seen and now == before and len(now) == len(paths):
            seen = now
            look()
        before = now
