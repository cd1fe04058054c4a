"""The sample report, composed once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reports.sample import FACTS, SampleSource, write_report
from uppsikt.reports.compose import compose
from uppsikt.reports.document import Document
from uppsikt.reports.renderers import render


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sample report's folder."""
    return write_report(tmp_path / "report")


@pytest.fixture(scope="session")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The sample report as a document."""
    composed, _ = compose(write_report(tmp_path_factory.mktemp("report")), SampleSource(), FACTS)
    assert composed is not None
    return composed


@pytest.fixture(scope="session")
def files(document: Document) -> dict[str, bytes]:
    """The sample report in every format."""
    return render(document)
