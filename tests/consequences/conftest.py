from __future__ import annotations

import pytest

from tests.consequences.municipality import settle


@pytest.fixture
def municipality(db: None) -> None:
    """Registers and a budget."""
    settle()
