"""Every test runs in a home of its own: a fresh folder for database, ledger and reports."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.browsing import CHROMIUM, FLAGS
from tests.kept import keep_in
from uppsikt.audit.actors import WHOLE, Actor, Grant, Role
from uppsikt.core.language import use_language
from uppsikt.core.periods import BEGINNING, FOREVER

# a busy machine is no fault of the program: examples have no time limit
hypothesis.settings.register_profile("calm", deadline=None, max_examples=50)
hypothesis.settings.register_profile("thorough", deadline=None, max_examples=1_000)  # by --hypothesis-profile
hypothesis.settings.load_profile("calm")

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, and say so, what needs the team's shared material where it isn't beside the checkout."""
    if SHARED.is_dir():
        return
    skip = pytest.mark.skip(reason="../shared is not beside this checkout")
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(skip)


@pytest.fixture(scope="session", autouse=True)
def _states_are_kept(tmp_path_factory: pytest.TempPathFactory) -> None:
    own = tmp_path_factory.getbasetemp()
    keep_in((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "kept")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: object) -> Path:
    """A home folder of the test's own, set where the code asks for it."""
    folder = tmp_path / "home"
    folder.mkdir()
    settings.HOME = folder  # type: ignore[attr-defined]
    settings.LEDGER_FOLDER = folder / "ledger"  # type: ignore[attr-defined]
    use_language("sv")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests of a process."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread to the end, and Django takes any loop for a sign of async views
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The team's shared material; tests that ask for it are marked `shared`."""
    return SHARED


@pytest.fixture
def local() -> Actor:
    """Whoever sits at the machine's command line."""
    return Actor("kommandorad", is_local=True)


def actor_with(role: Role, unit: str = WHOLE) -> Actor:
    """An actor with one role, on the whole municipality unless a unit is named."""
    return Actor(role.value, None, (Grant(role, unit, BEGINNING, FOREVER),))


@pytest.fixture
def controller() -> Actor:
    """A controller of the whole municipality."""
    return actor_with(Role.CONTROLLER)


@pytest.fixture
def reader() -> Actor:
    """Someone who may only read."""
    return actor_with(Role.READER)
