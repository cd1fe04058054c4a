from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.ledger.material import AUGUST, JULY, write_table
from uppsikt.audit.actors import Actor
from uppsikt.ledger.models import Batch
from uppsikt.ledger.profiles import built_in
from uppsikt.ledger.selectors import BatchFacts, active_batches
from uppsikt.ledger.services import import_file
from uppsikt.ledger.verify import verify_batches

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(tmp_path: Path, controller: Actor) -> BatchFacts:
    path = write_table(tmp_path, *JULY, *AUGUST)
    import_file(actor=controller, path=path, profile=built_in()["tabell"], as_of=date(2022, 9, 5))
    return active_batches()[0]


def found_codes() -> list[str]:
    return [finding.code for finding in verify_batches()]


def test_what_was_imported_is_whole(batch: BatchFacts) -> None:
    assert found_codes() == []


def test_an_empty_ledger_is_whole() -> None:
    assert found_codes() == []


def test_a_changed_byte_is_named_with_its_file(batch: BatchFacts) -> None:
    path = batch.folder / "postings.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    finding = verify_batches()[0]
    assert finding.code == "L041"
    assert "postings.parquet" in finding.says
    assert "bok.csv" in finding.says


@pytest.mark.parametrize("name", ["postings.parquet", "masters.json", "manifest.json"])
def test_a_missing_file_is_named(batch: BatchFacts, name: str) -> None:
    (batch.folder / name).unlink()

    finding = verify_batches()[0]
    assert finding.code == "L040"
    assert name in finding.says


def test_a_missing_folder_is_found(batch: BatchFacts) -> None:
    shutil.rmtree(batch.folder)

    assert found_codes() == ["L040"]


def test_a_manifest_of_another_batch_does_not_pass(batch: BatchFacts) -> None:
    path = batch.folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**manifest, "content_hash": "0" * 64}), encoding="utf-8")

    assert found_codes() == ["L040"]


def test_control_totals_changed_in_the_register_are_found_by_month(batch: BatchFacts) -> None:
    row = Batch.objects.get()
    row.control["202207"][1] += 1
    row.save()

    finding = verify_batches()[0]
    assert finding.code == "L043"
    assert "2022-07" in finding.says


def test_a_folder_nobody_registered_is_an_orphan(batch: BatchFacts) -> None:
    shutil.copytree(batch.folder, batch.folder.parent / ("0" * 64))

    assert found_codes() == ["L042"]
