"""People who can sign in, and a small municipality whose every figure can be added up by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from tests.kept import lay_out
from uppsikt import relations
from uppsikt.audit.actors import WHOLE, Actor, Role
from uppsikt.audit.services import grant_role
from uppsikt.coding.reorganisation_services import adopt_reorganisation, import_events
from uppsikt.coding.selectors import code_plan
from uppsikt.coding.services import import_register
from uppsikt.core.periods import BEGINNING
from uppsikt.ledger.selectors import profiles
from uppsikt.ledger.services import import_file
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.round_services import consolidate_round, create_round, open_round
from uppsikt.planning.services import import_budget, import_forecast

PASSWORD = "ett-langt-losenord"
RECIPE = """key: prov
title: Provrapport
municipality: Prov
unit: KS
round: delar2-2022
date: 2022-10-04
parts: [01-lage.md]
"""
SignedIn = Callable[..., Client]


@pytest.fixture(autouse=True)
def _no_remembered_attempts() -> None:
    cache.clear()


@pytest.fixture
def signed_in(db: None, local: Actor) -> SignedIn:
    """A client for someone with a role on a unit: `signed_in(Role.READER)`."""

    def sign_in(role: Role | None = Role.READER, unit: str = WHOLE, name: str = "") -> Client:
        user = User.objects.create_user(name or f"{role}-{unit}".replace("*", "alla"), password=PASSWORD)
        if role:
            grant_role(actor=local, user=user, role=role, unit=unit, valid_from=BEGINNING)
        client = Client()
        client.force_login(user)
        return client

    return sign_in


UNITS = """code;name;kind;parent;valid_from;valid_to
KS;Kommunstyrelsen;committee;;;
10;Kommungemensamt;level;KS;;
1010;Kommungemensam IT;unit;10;;
20;Statsbidrag;level;KS;;
2010;Statsbidrag;unit;20;;
30;Politisk kommunledning;level;KS;;
3020;Politiska kanslier;unit;30;;
40;Kommunstyrelseförvaltningen;level;KS;;
42;Centralt stöd;level;40;;
4220;Ekonomi;unit;42;;
4290;Lokalförsörjning;unit;42;2022-07-01;
"""
ACCOUNTS = """code;name;kind;parent;parent:reporting;valid_from;valid_to
1;Tillgångar;class;;;;
1930;Bank;account;1;;;
3;Intäkter;class;;;;
3010;Avgifter;account;3;3;;
5;Personalkostnader;class;;;;
5010;Löner;account;5;5;;
"""
BUDGET = """beslut;beslutsdatum;typ;text;period;enhet;konto;belopp
Ks 1/2021;2021-11-23;ursprunglig;Budget 2022;2022;1010;5;1200000
Ks 1/2021;2021-11-23;ursprunglig;Budget 2022;2022;4220;5;2400000
Ks 1/2021;2021-11-23;ursprunglig;Budget 2022;2022;4220;3;-120000
"""
FORECASTS = {
    "delar1-2022": "enhet;konto;helår\n1010;5;1200000\n4220;5;2500000\n4220;3;-120000\n",
    "delar2-2022": "enhet;konto;helår\n1010;5;1150000\n4220;5;2640000\n4220;3;-120000\n",
}


def ledger_text(year: int, months: int) -> str:
    """A SIE 4 file: each month 100 000 kr of salaries on 1010, 200 000 kr and −10 000 kr in fees on 4220."""
    head = f"""#FLAGGA 0
#PROGRAM "Prov" 1
#FORMAT PC8
#GEN {year}0905
#SIETYP 4
#FNAMN "Prov kommun"
#RAR 0 {year}0101 {year}1231
#KONTO 1930 "Bank"
#KONTO 3010 "Avgifter"
#KONTO 5010 "Loner"
#DIM 1 "Ansvar"
#OBJEKT 1 1010 "IT"
#OBJEKT 1 4220 "Ekonomi"
"""
    return head + "".join(_voucher(year, month) for month in range(1, months + 1))


def _voucher(year: int, month: int) -> str:
    return f"""#VER A {month} {year}{month:02}15 "Manad {month}"
{{
#TRANS 5010 {{1 1010}} 100000.00
#TRANS 5010 {{1 4220}} 200000.00
#TRANS 3010 {{1 4220}} -10000.00
#TRANS 1930 {{}} -290000.00
}}
"""


@pytest.fixture
def municipality(db: None, local: Actor, tmp_path: Path) -> None:
    """Two years of vouchers, a budget, two rounds with forecasts; the second round is open."""
    load_municipality(local, tmp_path)


def load_municipality(actor: Actor, folder: Path) -> None:
    """The small municipality, taken in through the services everybody uses."""
    lay_out(f"municipality-{actor.name}", lambda: _take_in(actor, folder))


def _take_in(actor: Actor, folder: Path) -> None:
    day = date(2022, 9, 14)
    for dimension, content in (("unit", UNITS), ("account", ACCOUNTS)):
        register = import_register(
            actor=actor, dimension=dimension, content=content.encode(), name=f"{dimension}.csv", as_of=day
        )
        assert not register.is_refused, register.findings
    for year, months in ((2021, 12), (2022, 8)):
        path = folder / f"prov-{year}.se"
        path.write_text(ledger_text(year, months), encoding="cp437")
        result = import_file(actor=actor, path=path, profile=profiles()["sie"], as_of=day, known=code_plan())
        assert result.batch, result.findings
    budget = import_budget(actor=actor, content=BUDGET.encode(), name="budget.csv", as_of=day)
    assert not budget.is_refused, budget.findings
    _load_rounds(actor, day)


def _load_rounds(actor: Actor, day: date) -> None:
    previous = None
    for number, cut_off in ((1, date(2022, 4, 30)), (2, date(2022, 8, 31))):
        key = f"delar{number}-2022"
        create_round(
            actor=actor,
            key=key,
            name=f"Delår {number} 2022",
            kind=RoundKind.INTERIM,
            year=2022,
            cut_off=cut_off,
            deadline=date(2022, 9, 16),
            as_of=day,
            previous_key=previous,
        )
        open_round(actor=actor, key=key, as_of=day)
        forecast = import_forecast(
            actor=actor,
            round_key=key,
            content=FORECASTS[key].encode(),
            name=f"{key}.csv",
            submitted_on=date(2022, cut_off.month, 28),
            actuals=relations.actuals_of_round,
        )
        assert not forecast.is_refused, forecast.findings
        previous = key
    consolidate_round(actor=actor, key="delar1-2022", as_of=day)


EVENTS = """\
reorganisation;name;decision;decided_on;event;kind;dimension;effective;code;code_name;parent;to;share;where;text
delning-2022;Ekonomi delas;Ks 7/2022;2022-03-01;1;open;unit;2022-05-01;4221;Redovisning;42;;;;Ny enhet
delning-2022;;;;2;transfer;unit;2022-05-01;4220;;;4221;;account: 3;Avgifterna
ny-stab;Ny stab 2023;;;1;open;unit;2023-01-01;4110;Stab;40;;;;
ny-stab;;;;2;split;unit;2023-01-01;4220;;;4110;60 %;;
ny-stab;;;;2;split;unit;2023-01-01;4220;;;4290;40 %;;
ny-stab;;;;3;move;unit;2023-01-01;4290;;40;;;;
"""


def load_reorganised(actor: Actor, folder: Path) -> tuple[str, str]:
    """The small municipality with one reorganisation adopted and one drafted; their keys."""

    def make() -> tuple[str, str]:
        load_municipality(actor, folder)
        return reorganised(actor)

    return lay_out(f"reorganised-{actor.name}", make)


def reorganised(actor: Actor) -> tuple[str, str]:
    """One reorganisation adopted (fees of 4220 to 4221 from May 2022) and one drafted; their keys."""
    day = date(2022, 9, 14)
    taken = import_events(actor=actor, content=EVENTS.encode(), name="handelser.csv", as_of=day)
    assert taken.saved == ("delning-2022", "ny-stab"), taken.findings
    assert adopt_reorganisation(actor=actor, key="delning-2022", as_of=day).key
    return taken.saved[0], taken.saved[1]
