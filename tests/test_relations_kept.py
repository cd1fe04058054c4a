"""Actuals are asked for once, and again as soon as ledger or code plan is another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.web.conftest import ledger_text, load_municipality
from uppsikt import relations
from uppsikt.audit.actors import Actor
from uppsikt.coding.selectors import code_plan
from uppsikt.core.findings import NotFound
from uppsikt.ledger.selectors import profiles
from uppsikt.ledger.services import import_file

pytestmark = pytest.mark.django_db
DAY = date(2022, 9, 30)


def test_actuals_are_kept_until_the_ledger_changes(local: Actor, home: Path, tmp_path: Path) -> None:
    load_municipality(local, tmp_path)
    first = relations.actuals_until(DAY)
    assert relations.actuals_until(DAY) is first
    assert first["40", "5"] == {202200 + month: 200_000_00 for month in range(1, 9)}
    path = tmp_path / "september.se"
    head, _, vouchers = ledger_text(2022, 9).partition("#VER")
    path.write_text(f"{head}#VER{vouchers.split('#VER')[-1]}", encoding="cp437")
    done = import_file(actor=local, path=path, profile=profiles()["sie"], as_of=date(2022, 10, 3), known=code_plan())
    assert done.batch, done.findings
    assert relations.actuals_until(DAY)["40", "5"][202209] == 200_000_00


def test_a_statement_for_one_unit_at_a_time_says_so_where_none_is_asked_for(local: Actor, tmp_path: Path) -> None:
    load_municipality(local, tmp_path)
    own = replace(relations.definition("enheter"), needs_unit=True)
    with relations.reading_now("delar2-2022") as reading:
        with pytest.raises(NotFound) as refused:
            reading.parameters(own, None)
        assert reading.parameters(own, "KS").unit == "KS"
    assert (refused.value.finding.code, refused.value.finding.facts["example"]) == ("F094", "KS")


def test_a_ledger_file_that_is_gone_is_a_finding(local: Actor, home: Path, tmp_path: Path) -> None:
    load_municipality(local, tmp_path)
    for path in (home / "ledger").rglob("*.parquet"):
        path.unlink()
    with pytest.raises(NotFound) as raised:
        relations.actuals_until(date(2022, 5, 31))
    assert raised.value.finding.code == "F096"
