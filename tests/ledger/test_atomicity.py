from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest

from tests.ledger.material import AUGUST, JULY, write_table
from uppsikt.audit.actors import Actor
from uppsikt.audit.models import Event
from uppsikt.ledger import batches, services
from uppsikt.ledger.models import Batch
from uppsikt.ledger.profiles import built_in
from uppsikt.ledger.services import import_file
from uppsikt.ledger.staging import building, clear_leftovers
from uppsikt.ledger.verify import verify_batches

pytestmark = pytest.mark.django_db


class Cut(Exception):
    """The current goes."""


STEPS: dict[str, tuple[object, str]] = {
    "while reading": (batches, "_fill"),
    "before writing the files": (batches, "_write_files"),
    "before the manifest": (services, "write_manifest"),
    "before the files are on disk": (services, "sync_folder"),
    "before the audit record": (services, "record"),
    "before registering": (services, "_register"),
    "before the rename": (services, "_put_in_place"),
    "after the rename": (services, "sync_entry"),
}


def take_in(actor: Actor, path: Path) -> services.ImportResult:
    return import_file(actor=actor, path=path, profile=built_in()["tabell"], as_of=date(2022, 9, 5))


def ledger_entries(home: Path) -> list[str]:
    return sorted(path.name for folder in (home / "ledger").iterdir() for path in folder.iterdir())


@pytest.mark.parametrize("step", STEPS)
def test_an_import_cut_off_leaves_nothing(
    step: str, tmp_path: Path, controller: Actor, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object, **__: object) -> None:
        raise Cut

    path = write_table(tmp_path, *JULY)
    module, name = STEPS[step]
    with monkeypatch.context() as patch:
        patch.setattr(module, name, cut)
        with pytest.raises(Cut):
            take_in(controller, path)

    assert Batch.objects.count() == Event.objects.count() == 0
    assert ledger_entries(home) == []
    assert take_in(controller, path).batch is not None
    assert verify_batches() == []


def test_a_folder_left_between_rename_and_commit_is_an_orphan_and_gives_way(
    tmp_path: Path, controller: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise Cut

    path = write_table(tmp_path, *JULY)
    with monkeypatch.context() as patch:
        patch.setattr(services, "sync_entry", die)
        patch.setattr(services.shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(Cut):
            take_in(controller, path)

    assert [finding.code for finding in verify_batches()] == ["L042"]
    assert take_in(controller, path).batch is not None
    assert verify_batches() == []


def import_meanwhile(actor: Actor, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another import of `path` be registered between the next import's building and its registering."""
    real = services.sync_folder

    def first_the_other(folder: Path) -> None:
        monkeypatch.setattr(services, "sync_folder", real)
        assert take_in(actor, path).batch is not None
        real(folder)

    monkeypatch.setattr(services, "sync_folder", first_the_other)


def test_two_imports_of_one_file_at_once_are_one_batch(
    tmp_path: Path, controller: Actor, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_table(tmp_path, *JULY)
    import_meanwhile(controller, path, monkeypatch)
    result = take_in(controller, path)

    assert result.already_held
    assert Batch.objects.count() == Event.objects.count() == 1
    assert verify_batches() == []


def test_two_files_with_the_same_vouchers_at_once_are_not_both_taken_in(
    tmp_path: Path, controller: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_meanwhile(controller, write_table(tmp_path, *JULY, name="juli.csv"), monkeypatch)
    result = take_in(controller, write_table(tmp_path, *JULY, *AUGUST, name="augusti.csv"))

    assert [finding.code for finding in result.findings] == ["L021"]
    assert Batch.objects.count() == Event.objects.count() == 1
    assert verify_batches() == []


def test_a_folder_being_built_is_left_alone_by_the_next_import() -> None:
    with building() as first, building() as second:
        assert first.is_dir()
        assert second.is_dir()
    assert not first.exists()
    assert list(first.parent.iterdir()) == []


_KILLED = """
    import os, sys, time
    from pathlib import Path
    from uppsikt.ledger import staging
    staging.ledger_folder = lambda: Path(sys.argv[1])
    with staging.building() as folder:
        (folder / "work.duckdb").write_text("half")
        print(folder, flush=True)
        time.sleep(60)
"""


def test_what_a_killed_import_left_is_cleared_by_the_next(home: Path) -> None:
    ledger = home / "ledger"
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(_KILLED), str(ledger)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "uppsikt.settings"},
    )
    assert process.stdout is not None
    folder = Path(process.stdout.readline().strip())
    assert clear_leftovers() == []
    assert (folder / "work.duckdb").exists()

    process.kill()
    process.wait()
    process.stdout.close()
    assert (folder / "work.duckdb").exists()

    assert clear_leftovers() == [folder]
    assert list((ledger / "incoming").iterdir()) == []


_IMPORT = """
    import sys, time
    from datetime import date
    from pathlib import Path
    import django
    django.setup()
    from django.core.management import call_command
    from uppsikt.audit.actors import Actor
    from uppsikt.ledger import services
    from uppsikt.ledger.models import Batch
    from uppsikt.ledger.profiles import built_in
    from uppsikt.ledger.verify import verify_batches
    call_command("migrate", verbosity=0)
    if sys.argv[2] == "die":
        def hang(*_):
            print("renamed", flush=True)
            time.sleep(60)
        services.sync_entry = hang
    left = Batch.objects.count(), [finding.code for finding in verify_batches()]
    services.import_file(
        actor=Actor("test", is_local=True), path=Path(sys.argv[1]), profile=built_in()["tabell"],
        as_of=date(2022, 9, 5),
    )
    print(left, Batch.objects.count(), verify_batches(), flush=True)
"""


@pytest.mark.slow
def test_an_import_killed_in_the_middle_of_its_transaction_counts_for_nothing(tmp_path: Path, home: Path) -> None:
    path = write_table(tmp_path, *JULY)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "uppsikt.settings", "UPPSIKT_HOME": str(home)}
    environment.pop("UPPSIKT_DATABASE", None)
    command = [sys.executable, "-c", textwrap.dedent(_IMPORT), str(path)]

    victim = subprocess.Popen([*command, "die"], stdout=subprocess.PIPE, text=True, env=environment)
    assert victim.stdout is not None
    assert victim.stdout.readline().strip() == "renamed"
    victim.kill()
    victim.wait()
    victim.stdout.close()

    after = subprocess.run([*command, "live"], capture_output=True, text=True, env=environment, check=True)
    assert after.stdout.strip() == "(0, ['L042']) 1 []"
