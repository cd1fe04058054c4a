"""A round adopted with everything it rests on, recomputed, corrected and tampered with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.conftest import actor_with
from tests.web.conftest import load_municipality
from uppsikt import relations
from uppsikt.adoption import adopt, adopted, verify_adopted
from uppsikt.adoption.frozen import figures_of, frozen_engine
from uppsikt.adoption.reading import statement
from uppsikt.audit.actors import Actor, NotAllowed, Role
from uppsikt.coding.services import import_register
from uppsikt.core.findings import Severity
from uppsikt.ledger.selectors import all_batches
from uppsikt.planning.models import Forecast, Round
from uppsikt.planning.selectors import VersionRow, round_row
from uppsikt.planning.services import consolidate_round, correct_round, import_forecast
from uppsikt.planning.states import State
from uppsikt.planning.verify import verify_rounds
from uppsikt.reports.services import save_statement
from uppsikt.rounds.models import Explanation

pytestmark = pytest.mark.django_db
KEY = "delar2-2022"
DAY = date(2022, 10, 4)
FIGURE = f"enheter:KS/40/prognos@{KEY}"


@pytest.fixture(scope="module")
def _adopted(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The small municipality with its round adopted, made once for this file and taken back after it."""
    folder = tmp_path_factory.mktemp("adopted")
    actor = Actor("kommandorad", is_local=True)
    there = override_settings(HOME=folder, LEDGER_FOLDER=folder / "ledger")
    with django_db_blocker.unblock(), there, transaction.atomic():
        load_municipality(actor, folder)
        consolidate_round(actor=actor, key=KEY, as_of=DAY)
        assert adopt(actor=actor, key=KEY, as_of=DAY).findings == ()
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def first(_adopted: Path, db: None, home: Path) -> VersionRow:
    """The adopted version, in a home of the test's own."""
    shutil.copytree(_adopted, home, dirs_exist_ok=True)
    return adopted(KEY)[0].version


def folder_of(home: Path, version: VersionRow) -> Path:
    return home / "rounds" / KEY / version.frozen_hash


def forecast(actor: Actor, text: str) -> None:
    done = import_forecast(
        actor=actor,
        round_key=KEY,
        content=text.encode(),
        name="rättelse.csv",
        submitted_on=DAY,
        actuals=relations.actuals_of_round,
    )
    assert not done.is_refused, done.findings


def correct(actor: Actor, reason: str, text: str) -> VersionRow:
    assert correct_round(actor=actor, key=KEY, reason=reason, as_of=DAY).findings == ()
    forecast(actor, text)
    consolidate_round(actor=actor, key=KEY, as_of=DAY)
    assert adopt(actor=actor, key=KEY, as_of=DAY).findings == ()
    return adopted(KEY)[-1].version


def test_what_is_adopted_keeps_ledger_structure_statements_texts_and_figures(home: Path, first: VersionRow) -> None:
    folder = folder_of(home, first)
    manifest = json.loads((folder / "manifest.json").read_text())
    assert set(manifest["files"]) == {
        "budget.parquet",
        "code_plan.json",
        "figures.json",
        "forecast.parquet",
        "forecasts.json",
        "ledger.json",
        "reading.json",
        "rounds.json",
        "statements.json",
        "texts.json",
    }
    figures = json.loads((folder / "figures.json").read_text())
    cell = statement("enheter", KEY, unit="KS").cell("40", "prognos")
    assert figures[FIGURE] == cell.amount_ore == 2_520_000_00


def test_it_recomputes_to_itself_whatever_happens_to_registers_and_statements(
    local: Actor, home: Path, first: VersionRow
) -> None:
    renamed = "code;name;kind;parent;valid_from;valid_to\n4220;Ekonomi;unit;30;;\n"
    import_register(actor=local, dimension="unit", content=renamed.encode(), name="unit.csv", as_of=DAY)
    save_statement(actor=local, content=OTHER, name="enheter.yaml", as_of=DAY)
    assert verify_adopted() == []
    assert verify_rounds() == []


def test_a_folder_is_read_as_statements_were_read_when_it_was_pinned(
    local: Actor, home: Path, first: VersionRow
) -> None:
    second = correct(local, "Buffert", "enhet;konto;helår;grund\nKS;5;100000;Central buffert\n")
    folder, files = folder_of(home, second), {own.content_hash: own.posting_file for own in all_batches()}

    def figures() -> dict[str, int | str | None]:
        with frozen_engine(folder, files) as (frozen, engine):
            return figures_of(frozen, engine)

    direct, total = (f"enheter:KS/{row}/prognos@{KEY}" for row in ("ks-direkt", "nettokostnad"))
    now = figures()
    assert now[direct] == 100_000_00
    (folder / "reading.json").unlink()
    before = figures()
    assert direct not in before
    assert (now[total], before[total]) == (3_770_000_00, 3_670_000_00)


OTHER = """key: enheter
title: {sv: Annat, en: Other}
base: {unit: KS, account: 3..9}
rows:
  - {key: allt, label: {sv: Allt, en: All}, unit: KS}
columns:
  - {key: budget, label: {sv: Budget, en: Budget}, scenario: budget}
"""


def test_a_program_that_computes_otherwise_is_found_out(first: VersionRow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uppsikt.adoption.verify.figures_of", lambda *own: {**figures_of(*own), FIGURE: 1})
    [finding] = verify_adopted()
    assert finding.code == "Q001"
    assert finding.facts["address"] == FIGURE
    assert finding.facts["count"] == 1


def test_a_version_adopted_before_figures_were_put_away_is_said_to_be_one(home: Path, first: VersionRow) -> None:
    manifest = folder_of(home, first) / "manifest.json"
    content = json.loads(manifest.read_text())
    del content["files"]["figures.json"]
    manifest.write_text(json.dumps(content))
    assert [(finding.code, finding.severity) for finding in verify_adopted(KEY)] == [("Q004", Severity.NOTE)]
    assert verify_adopted("delar1-2022") == verify_adopted(KEY, 2) == []


def test_a_ledger_file_that_is_gone_is_found(home: Path, first: VersionRow) -> None:
    for path in (home / "ledger").rglob("*.parquet"):
        path.unlink()
    assert [finding.code for finding in verify_adopted()] == ["Q002"]


def test_a_correction_tells_which_figures_it_changed_from_what_to_what_by_whom_and_why(
    local: Actor, home: Path, first: VersionRow
) -> None:
    before = (folder_of(home, first) / "figures.json").read_bytes()
    second = correct(local, "Hyran räknad två gånger", "enhet;konto;helår;grund\n4220;5;2600000;Utan dubbel hyra\n")
    assert (folder_of(home, first) / "figures.json").read_bytes() == before
    assert (second.number, second.reason, second.adopted_by) == (2, "Hyran räknad två gånger", local.name)
    changes = adopted(KEY)[1].changes
    assert changes is not None
    by_address = {own.address: (own.before, own.after) for own in changes.figures}
    assert by_address[FIGURE] == (2_520_000_00, 2_480_000_00)
    assert all("prognos" in address or "avvikelse" in address for address in by_address)
    [handed_in] = changes.forecasts
    assert (handed_in.unit, handed_in.account, handed_in.before_ore, handed_in.after_ore) == (
        "4220",
        "5",
        2_640_000_00,
        2_600_000_00,
    )
    assert (handed_in.actor, handed_in.basis) == (local.name, "Utan dubbel hyra")
    assert changes.others == ()
    assert verify_adopted() == []
    named = adopted(KEY)[1].named
    assert named is not None
    assert [(own.unit, own.account) for own in named.forecasts] == [("Ekonomi", "Personalkostnader")]
    assert named.figure_count == len(changes.figures)
    whole = named.statements[0]
    assert (whole.unit, str(whole.title)) == ("", "Driftredovisning")
    [(unit, label, column)] = [
        (own.unit, str(figure.row), str(figure.column))
        for own in named.statements
        for figure in own.figures
        if figure.change.address == FIGURE
    ]
    assert (unit, label, column) == ("Kommunstyrelsen", "Kommunstyrelseförvaltningen", "Prognos 2022")
    assert adopted(KEY)[0].named is None


def test_while_it_is_corrected_the_adopted_version_stands(local: Actor, first: VersionRow) -> None:
    correct_round(actor=local, key=KEY, reason="Fel", as_of=DAY)
    row = round_row(KEY)
    assert row is not None
    assert (row.state, row.version) == (State.OPEN, 2)
    assert [own.version for own in adopted(KEY)] == [first]
    assert verify_adopted() == []


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.MANAGER, Role.BOARD, Role.AUDITOR])
def test_only_those_who_may_adopt_adopt_and_correct(local: Actor, first: VersionRow, role: Role) -> None:
    with pytest.raises(NotAllowed):
        correct_round(actor=actor_with(role), key=KEY, reason="Fel", as_of=DAY)
    correct_round(actor=actor_with(Role.DIRECTOR), key=KEY, reason="Fel", as_of=DAY)
    consolidate_round(actor=local, key=KEY, as_of=DAY)
    with pytest.raises(NotAllowed):
        adopt(actor=actor_with(role), key=KEY, as_of=DAY)
    assert adopt(actor=actor_with(Role.DIRECTOR), key=KEY, as_of=DAY).findings == ()


def test_an_explanation_or_a_forecast_changed_behind_the_adopted_round_is_found(
    local: Actor, first: VersionRow
) -> None:
    Forecast.objects.filter(round__key=KEY, account="5").update(basis="Annat")
    row = Round.objects.get(key=KEY)
    facts = {"unit": "4220", "account": "5", "cause": "Annat", "changed_at": datetime(2022, 10, 4, tzinfo=UTC)}
    Explanation.objects.create(round=row, changed_by="någon", **facts)
    found = [(finding.code, str(finding.facts["what"])) for finding in verify_adopted()]
    assert found == [("Q003", "prognoserna"), ("Q003", "förklaringarna")]


def test_a_broken_manifest_is_a_finding(home: Path, first: VersionRow) -> None:
    (folder_of(home, first) / "manifest.json").write_bytes(b"\xff{")
    assert [finding.code for finding in verify_adopted()] == ["Q002"]
