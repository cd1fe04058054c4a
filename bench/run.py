"""Run every benchmark after the other. They compare with named peers in one run and print ratios."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def main() -> int:
    failed = 0
    for path in sorted(FOLDER.glob("*.py")):
        if path.name == "run.py" or path.name.startswith("_"):
            continue
        print(f"\n== {path.name}", flush=True)
        failed |= subprocess.run([sys.executable, str(path)], check=False).returncode
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
