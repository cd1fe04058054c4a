"""The browser that tests drive, where one is found, and what breaks a rule of access on the page it shows."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next((path for name in _NAMES if (path := shutil.which(name))), "")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def violations(page: Any) -> list[str]:
    """Each element of the page that breaks a rule, with the rule: axe's own list."""
    from axe_playwright_python.base import AXE_SCRIPT

    page.wait_for_load_state()  # a click waits for the new address, not for all of its page
    page.evaluate(AXE_SCRIPT)
    # the violations alone: what else axe has to tell takes as long to bring over as to find
    found = page.evaluate('axe.run({resultTypes: ["violations"]}).then(found => found.violations)')
    return [f"{page.url} {rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


@contextmanager
def held_back(page: Any, address: str) -> Iterator[None]:
    """What the page asks for at an address comes first when the block ends."""
    waiting: list[Any] = []
    page.route(address, lambda route: waiting.append(route))
    with page.expect_request(address):
        yield
    while not waiting:
        page.wait_for_timeout(10)
    waiting[0].continue_()
    page.unroute(address)
