"""Say before the tests which parts this machine can't run, so that a green run hides nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def main() -> None:
    if not any(shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")):
        print("NOTE: no Chromium found; the browser tests are skipped (apt-get install chromium).")
    if not (REPOSITORY.parent / "shared").is_dir():
        print("NOTE: ../shared is not beside this checkout; tests over its files are skipped.")


if __name__ == "__main__":
    main()
