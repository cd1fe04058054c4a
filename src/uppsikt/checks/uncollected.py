"""Work that makes very many small objects and hardly any that only each other hold on to."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Pause the collector of circular garbage, and start it again whatever happens, if it was running.

    A report read is tens of thousands of objects that all are kept: to look through them again and again for what
    could be thrown away takes a tenth of the time and finds next to nothing. Threads that pause it at once start it
    again when the first of them is done, which costs time and nothing else.
    """
    was_running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_running:
            gc.enable()
