from __future__ import annotations

import pytest

from tests.planning.samples import code_registers


@pytest.fixture
def registers(db: None) -> None:
    """The small municipality's code registers."""
    code_registers()
