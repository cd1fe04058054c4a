"""The browser that tests drive, where one is found, and what breaks a rule of access on the page it shows."""

from __future__ import annotations

import shutil
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

    page.evaluate(AXE_SCRIPT)
    # the violations alone: what else axe has to tell takes as long to bring over as to find
    found = page.evaluate('axe.run({resultTypes: ["violations"]}).then(found => found.violations)')
    return [f"{page.url} {rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]
