"""The small municipality with one reorganisation adopted and one drafted."""

from __future__ import annotations

import pytest

from tests.web.conftest import reorganised
from uppsikt.audit.actors import Actor


@pytest.fixture
def changes(municipality: None, local: Actor) -> tuple[str, str]:
    """The keys of the adopted one and the draft."""
    return reorganised(local)
