"""The small municipality with one reorganisation adopted and one drafted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.conftest import load_reorganised
from uppsikt.audit.actors import Actor


@pytest.fixture
def changes(db: None, local: Actor, tmp_path: Path) -> tuple[str, str]:
    """The keys of the adopted one and the draft."""
    return load_reorganised(local, tmp_path)
