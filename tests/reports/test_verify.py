"""Outside facts and the municipality's own statements are what the log tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tests.test_relations_over_time import OWN
from uppsikt.audit.actors import Actor
from uppsikt.reports.models import LocalStatement, OutsideFact
from uppsikt.reports.services import import_facts, save_statement
from uppsikt.reports.verify import verify_facts, verify_statements

DAY = date(2022, 9, 1)
HEAD = "nyckel;benämning;värde;enhet;decimaler;period;källa;ställe\n"


@pytest.fixture
def taken_in(db: None, local: Actor) -> None:
    """Two facts, one of them changed since, and a statement saved twice."""
    for value in ("783", "794"):
        content = f"{HEAD}netto;Nettokostnad;{value};tkr;0;2022;Rapport;s. 3\nantal;Antal;12;st;0;2022;Egen;\n"
        done = import_facts(actor=local, content=content.encode(), name="f.csv", as_of=DAY)
        assert done.added + done.changed
    for text in (OWN, OWN + "\n# ändrad\n"):
        assert save_statement(actor=local, content=text, name="egen.yaml", as_of=DAY)[0] == "egen"


TAMPERED: dict[str, tuple[Callable[[], object], str, str, str]] = {
    "value": (lambda: OutsideFact.objects.filter(key="netto").update(value="700"), "R080", "794", "700"),
    "source": (lambda: OutsideFact.objects.filter(key="netto").update(source="Annan"), "R080", "Rapport", "Annan"),
    "fact more": (
        lambda: OutsideFact.objects.create(key="ny", label="Ny", value="1", source="x"),
        "R080",
        "ingenting",
        "Ny, 1, –, 0, –, x, –, –",
    ),
    "fact less": (
        lambda: OutsideFact.objects.filter(key="antal").delete(),
        "R080",
        "Antal, 12, st, 0, 2022, Egen, –, –",
        "ingenting",
    ),
    "statement less": (lambda: LocalStatement.objects.all().delete(), "R081", "", "ingenting"),
    "statement changed": (lambda: LocalStatement.objects.update(content=OWN), "R081", "", ""),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_what_was_changed_beside_the_services_is_named_with_what_the_log_tells(taken_in: None, how: str) -> None:
    assert [*verify_facts(), *verify_statements()] == []
    change, code, told, held = TAMPERED[how]
    change()
    (finding,) = [*verify_facts(), *verify_statements()]
    assert finding.code == code
    assert told in str(finding.facts["told"])
    assert held in str(finding.facts["held"])
