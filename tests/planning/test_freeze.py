from __future__ import annotations

import json
from datetime import date
from importlib import import_module
from pathlib import Path

import duckdb
import pytest
from django.apps import apps

from tests.planning.samples import LOCAL, budget, forecast, make_round, monthly
from uppsikt.audit.models import Event
from uppsikt.coding import events
from uppsikt.coding.reorganisation_services import adopt_reorganisation, save_draft
from uppsikt.coding.services import import_register
from uppsikt.core.hashes import hash_bytes
from uppsikt.planning import freeze
from uppsikt.planning.models import AdoptedVersion, Round
from uppsikt.planning.rounds import RoundRow
from uppsikt.planning.selectors import adopted_versions, round_row
from uppsikt.planning.services import adopt_round, consolidate_round, correct_round
from uppsikt.planning.states import State
from uppsikt.planning.verify import verify_rounds

pytestmark = pytest.mark.usefixtures("registers")

BUDGET = """beslut;beslutsdatum;slag;text;period;enhet;konto;belopp
Ks 1;2021-12-01;original;Budget;2022;4210;5;1200
Ks 2;2022-10-01;tillägg;Efter delåret;2022;4210;5;100
Ks 3;2021-12-01;original;Budget;2023;4210;5;1300
"""


def adopted(home: Path) -> Path:
    budget(BUDGET)
    make_round()
    forecast("enhet;konto;helår\n4210;5;1250\n", actuals=monthly(100_00))
    consolidate_round(actor=LOCAL, key="delar2-2022", as_of=date(2022, 9, 30))
    result = adopt_round(actor=LOCAL, key="delar2-2022", as_of=date(2022, 9, 30))
    assert result.findings == ()
    assert result.round is not None
    return home / "rounds" / "delar2-2022" / result.round.frozen_hash


def total(path: Path) -> int:
    with duckdb.connect() as database:
        [(amount_ore,)] = database.execute(
            "SELECT sum(amount_ore) FROM read_parquet($path)", {"path": str(path)}
        ).fetchall()
    return int(amount_ore)


def test_an_adopted_round_keeps_its_forecasts_and_the_budget_of_that_day(home: Path) -> None:
    folder = adopted(home)
    assert total(folder / "budget.parquet") == 1200_00  # neither the later decision nor next year
    assert total(folder / "forecast.parquet") == 1250_00


def test_the_folder_is_named_by_the_hash_of_its_manifest_and_the_hash_is_logged(home: Path) -> None:
    folder = adopted(home)
    manifest = (folder / "manifest.json").read_bytes()
    assert hash_bytes(manifest) == folder.name
    assert folder.name in Event.objects.latest("sequence").payload
    content = json.loads(manifest)
    assert content["round"]["key"] == "delar2-2022"
    assert content["adopted_on"] == "2022-09-30"
    assert content["files"]["forecast.parquet"]["amount_ore"] == 1250_00
    assert content["files"]["forecast.parquet"]["rows"] == 12


def test_nothing_half_written_is_left_beside_it(home: Path) -> None:
    folder = adopted(home)
    assert list(folder.parent.iterdir()) == [folder]
    assert sorted(path.name for path in folder.iterdir()) == [
        "budget.parquet",
        "code_plan.json",
        "forecast.parquet",
        "manifest.json",
    ]


def test_an_adoption_that_fails_leaves_the_round_closed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_round(state=State.CONSOLIDATED)

    def broken(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(freeze, "write_forecasts", broken)
    with pytest.raises(OSError, match="disk full"):
        adopt_round(actor=LOCAL, key="delar2-2022", as_of=date(2022, 9, 30))
    row = round_row("delar2-2022")
    assert row is not None
    assert row.state is State.CONSOLIDATED
    assert list((home / "rounds" / "delar2-2022").iterdir()) == []


def test_later_decisions_do_not_touch_what_was_adopted(home: Path) -> None:
    folder = adopted(home)
    budget(BUDGET.replace("Ks 2;2022-10-01", "Ks 4;2022-01-01"))
    assert total(folder / "budget.parquet") == 1200_00
    assert verify_rounds() == []


def test_whole_rounds_verify_and_rounds_not_adopted_are_not_asked_for(home: Path) -> None:
    adopted(home)
    make_round("delar1-2022", date(2022, 4, 30), State.CONSOLIDATED)
    assert verify_rounds() == []


@pytest.mark.parametrize("name", ["budget.parquet", "code_plan.json", "forecast.parquet", "manifest.json"])
def test_a_changed_or_missing_file_is_found(home: Path, name: str) -> None:
    path = adopted(home) / name
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert [(finding.code, finding.facts["file"]) for finding in verify_rounds()] == [("P066", name)]
    path.unlink()
    assert [(finding.code, finding.facts["file"]) for finding in verify_rounds()] == [("P066", name)]


def test_a_hash_changed_in_the_database_is_found(home: Path) -> None:
    adopted(home)
    Round.objects.update(frozen_hash="0" * 64)
    assert [finding.code for finding in verify_rounds()] == ["P068"]


@pytest.mark.parametrize(
    "change", [{"state": "open"}, {"cut_off": date(2022, 7, 31)}, {"version": 2}, {"name": "Annan"}], ids=str
)
def test_a_round_that_is_not_what_the_log_says_is_found(home: Path, change: dict[str, object]) -> None:
    adopted(home)
    Round.objects.update(**change)
    assert [finding.code for finding in verify_rounds()] == ["P068"]


@pytest.mark.parametrize(
    "change", [{"adopted_by": "annan"}, {"reason": "Annat"}, {"adopted_on": date(2022, 1, 1)}], ids=str
)
def test_a_version_that_was_adopted_otherwise_is_found(home: Path, change: dict[str, object]) -> None:
    adopted(home)
    AdoptedVersion.objects.update(**change)
    assert [finding.facts["round"] for finding in verify_rounds()] == ["delar2-2022 1"]


def test_the_decided_events_behind_the_structure_are_kept_with_it(home: Path) -> None:
    facts = events.ReorganisationFacts("ny", "Ny", "KF § 1", date(2022, 9, 1))
    close = events.Event(1, events.EventKind.CLOSE, "unit", date(2024, 1, 1), "4210")
    save_draft(actor=LOCAL, facts=facts, events=[close], as_of=date(2022, 9, 1))
    adopt_reorganisation(actor=LOCAL, key="ny", as_of=date(2022, 9, 1))
    kept = json.loads((adopted(home) / "code_plan.json").read_text())
    assert [(own["key"], own["on"], own["decision"]) for own in kept["changes"]] == [("ny#1", "2024-01-01", "KF § 1")]


def test_the_structure_of_that_day_is_kept_although_the_register_changes(home: Path) -> None:
    folder = adopted(home)
    renamed = "kod;namn;överordnad\n4210;Digitalt stöd;KS\n".encode()
    import_register(actor=LOCAL, dimension="unit", content=renamed, name="enheter.csv", as_of=date(2022, 10, 1))
    kept = json.loads((folder / "code_plan.json").read_text())
    assert ["unit", "4210", "0001-01-01", "9999-12-31", "Digitalisering", ""] in kept["names"]
    assert ["unit", "standard", "4210", "0001-01-01", "9999-12-31", "42"] in kept["placements"]
    assert verify_rounds() == []


def test_a_correction_needs_a_reason_and_is_a_version_of_its_own(home: Path) -> None:
    first = adopted(home)
    refused = correct_round(actor=LOCAL, key="delar2-2022", reason=" ", as_of=date(2022, 10, 3))
    assert [finding.code for finding in refused.findings] == ["P067"]
    opened = correct_round(actor=LOCAL, key="delar2-2022", reason="Fel belopp", as_of=date(2022, 10, 3)).round
    assert opened is not None
    assert (opened.state, opened.version, opened.frozen_hash, opened.adopted_on) == (State.OPEN, 2, "", None)
    forecast("enhet;konto;helår\n4210;5;1300\n", actuals=monthly(100_00))
    consolidate_round(actor=LOCAL, key="delar2-2022", as_of=date(2022, 10, 4))
    second = adopt_round(actor=LOCAL, key="delar2-2022", as_of=date(2022, 10, 4)).round
    assert second is not None
    assert total(first / "forecast.parquet") == 1250_00
    assert total(first.parent / second.frozen_hash / "forecast.parquet") == 1300_00
    told = [(own.number, own.frozen_hash, own.reason) for own in adopted_versions("delar2-2022")]
    assert told == [(1, first.name, ""), (2, second.frozen_hash, "Fel belopp")]
    assert verify_rounds() == []
    (first / "forecast.parquet").unlink()
    assert [finding.facts for finding in verify_rounds()] == [{"round": "delar2-2022 1", "file": "forecast.parquet"}]


def test_a_version_that_the_log_knows_and_the_database_does_not_is_found(home: Path) -> None:
    adopted(home)
    AdoptedVersion.objects.all().delete()
    Round.objects.update(state=State.OPEN.value, version=2)
    assert [finding.facts["round"] for finding in verify_rounds()] == ["delar2-2022", "delar2-2022 1"]


def test_what_is_pinned_is_sealed_with_the_rest(home: Path) -> None:
    make_round(state=State.CONSOLIDATED)

    def pin(row: RoundRow, folder: Path) -> None:
        (folder / "texts.json").write_text(row.key)

    kept = adopt_round(actor=LOCAL, key="delar2-2022", as_of=date(2022, 9, 30), pin=pin).round
    assert kept is not None
    pinned = home / "rounds" / kept.key / kept.frozen_hash / "texts.json"
    assert pinned.read_text() == kept.key
    pinned.write_text("annat")
    assert [finding.facts["file"] for finding in verify_rounds()] == ["texts.json"]


def test_the_forecasts_it_is_compared_with_are_kept_too(home: Path) -> None:
    budget(BUDGET)
    make_round("delar1-2022", date(2022, 4, 30))
    forecast("enhet;konto;helår\n4210;5;1100\n", round_key="delar1-2022")
    make_round(previous="delar1-2022")
    consolidate_round(actor=LOCAL, key="delar2-2022", as_of=date(2022, 9, 30))
    kept = adopt_round(actor=LOCAL, key="delar2-2022", as_of=date(2022, 9, 30)).round
    assert kept is not None
    folder = home / "rounds" / kept.key / kept.frozen_hash
    assert total(folder / "forecast.parquet") == 1100_00
    assert [own["key"] for own in json.loads((folder / "manifest.json").read_text())["compared"]] == ["delar1-2022"]


def test_a_round_adopted_before_versions_were_kept_gets_the_one_it_is_and_raises_no_alarm(home: Path) -> None:
    adopted(home)
    [before] = adopted_versions()
    step = Event.objects.latest("sequence")
    told = json.loads(step.payload)
    assert told.pop("version") == 1
    assert told.pop("adopted_on") == "2022-09-30"
    Event.objects.filter(pk=step.pk).update(payload=json.dumps(told))  # as it was logged then
    AdoptedVersion.objects.all().delete()
    assert [own.code for own in verify_rounds("delar2-2022")] == ["P068", "P066"]
    migration = import_module("uppsikt.planning.migrations.0004_earlier_versions")
    for _ in range(2):
        migration.keep_earlier_versions(apps, None)
    assert adopted_versions() == [before]
    assert verify_rounds() == verify_rounds("delar2-2022") == []
