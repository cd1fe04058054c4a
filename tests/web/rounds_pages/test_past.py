"""How right units have been is remembered, but not past a change of what it rests on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.web.conftest import ledger_text, load_municipality
from uppsikt.audit.actors import Actor
from uppsikt.coding.selectors import code_plan
from uppsikt.forecasting.accuracy import AccuracyRow
from uppsikt.ledger.selectors import profiles
from uppsikt.ledger.services import import_file
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.services import create_round, import_budget
from uppsikt.web.rounds_pages.past import accuracy_word, past_accuracy

DAY = date(2023, 1, 20)
LATER = "beslut;beslutsdatum;typ;text;period;enhet;konto;belopp\nKs 2;2022-02-01;tillägg;Mer;2022;4220;5;480000\n"


@pytest.mark.django_db
def test_a_budget_that_comes_later_changes_the_share(local: Actor, tmp_path: Path) -> None:
    load_municipality(local, tmp_path)
    path = tmp_path / "hela-2022.se"
    path.write_text(ledger_text(2022, 12), encoding="cp437")
    import_file(actor=local, path=path, profile=profiles()["sie"], as_of=DAY, replace=True, known=code_plan())
    create_round(
        actor=local,
        key="april-2023",
        name="April",
        kind=RoundKind.MONTH,
        year=2023,
        cut_off=date(2023, 4, 30),
        deadline=date(2023, 5, 10),
        as_of=DAY,
    )
    first = past_accuracy("april-2023")
    assert first["4220"].budget_ore == 252_000_000
    assert past_accuracy("april-2023") is first
    assert import_budget(actor=local, content=LATER.encode(), name="b.csv", as_of=DAY).findings == ()
    assert past_accuracy("april-2023")["4220"].budget_ore == 300_000_000
    assert past_accuracy("delar1-2022") == {}


def test_nobody_is_called_cautious_by_fewer_than_three_rounds() -> None:
    words = [
        accuracy_word(AccuracyRow("", "4220", "", bias_ore, 5, 100, rounds=rounds))
        for rounds, bias_ore in ((1, 5), (2, -5), (3, 5), (3, -5), (3, 0))
    ]
    assert words == ["1 omgång", "2 omgångar", "försiktig", "optimistisk", ""]
    assert accuracy_word(None) == ""
    assert accuracy_word(AccuracyRow("", "4220", "", 5, 5, budget_ore=0)) == ""  # no share to say how many are behind
