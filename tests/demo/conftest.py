"""The demonstration, loaded once for all tests of this folder that ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from tests.kept import lay_out
from uppsikt.audit.actors import Actor
from uppsikt.core.language import use_language
from uppsikt.demo.load import Built, Loaded, build_demo_report, load_demo


@pytest.fixture(scope="module", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One home for each file of tests, instead of one for each test."""
    before = settings.HOME, settings.LEDGER_FOLDER
    folder = tmp_path_factory.mktemp("demo-home")
    settings.HOME, settings.LEDGER_FOLDER = folder, folder / "ledger"
    use_language("sv")
    yield folder
    settings.HOME, settings.LEDGER_FOLDER = before


@pytest.fixture(scope="module")
def demo(home: Path, django_db_setup: None, django_db_blocker: object) -> Iterator[Loaded]:
    """The demonstration in the database; taken out again afterwards."""
    actor = Actor("kommandorad", is_local=True)
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        yield lay_out("demo", lambda: load_demo(actor=actor, password="ett långt lösenord", tell=lambda text: None))
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def built(demo: Loaded, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The demonstration's report in all its forms."""
    actor = Actor("kommandorad", is_local=True)
    return build_demo_report(actor=actor, output=tmp_path_factory.mktemp("rapport"), tell=lambda text: None)
