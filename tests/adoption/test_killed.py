"""Killed while saving and adopting: what was told done is done, and nothing is half done."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

PROGRAM = Path(__file__).with_name("adopting_for_ever.py")


def house(home: Path) -> dict[str, str]:
    repository = PROGRAM.parents[2]
    own = {"UPPSIKT_HOME": str(home), "UPPSIKT_SECRET_KEY": "x" * 50, "PYTHONPATH": str(repository)}
    return {**os.environ, **own, "UPPSIKT_DATABASE": "", "DJANGO_SETTINGS_MODULE": "uppsikt.settings"}


def look(home: Path) -> str:
    command = [sys.executable, str(PROGRAM), "look"]
    return subprocess.run(command, env=house(home), check=True, stdout=subprocess.PIPE, text=True).stdout


def killed_at_random(home: Path, chance: random.Random) -> list[list[object]]:
    """Adopt and correct until killed; what was told meanwhile."""
    command = [sys.executable, str(PROGRAM), "adopt"]
    with subprocess.Popen(command, env=house(home), stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        first = program.stdout.readline()
        time.sleep(chance.uniform(0, 1.5))
        program.kill()
        lines = [first, *program.stdout.readlines()]
    return [json.loads(line) for line in lines if line.endswith("\n")]


def test_what_was_told_saved_and_adopted_is_so_and_whole_after_any_kill(tmp_path: Path) -> None:
    home = tmp_path / "hem"
    chance = random.Random()
    told = [own for _ in range(2) for own in killed_at_random(home, chance)]
    [found] = json.loads(look(home))
    assert found["findings"] == []
    assert [own for kind, *own in told if kind == "adopted" and own not in found["versions"]] == []
    saved = {account: own for kind, account, *own in told if kind == "saved"}
    for account, (version, amount_ore) in saved.items():
        stored_version, stored_ore = found["cells"][account]
        assert stored_version > version or (stored_version, stored_ore) == (version, amount_ore)
    assert saved
    assert found["left"] == []
