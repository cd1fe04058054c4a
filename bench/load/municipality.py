# ruff: noqa: E402 (Django is set up before its models are imported)
"""A municipality with hundreds of units and an open round, for load: run with UPPSIKT_HOME set.

Prints as JSON who can be signed in: unit, name and session key of two people for each unit.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "uppsikt.settings")
import django

django.setup()

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import transaction

from uppsikt.audit.actors import Actor, Role
from uppsikt.audit.people import PersonFacts, grant_role, store_person
from uppsikt.coding.selectors import code_plan
from uppsikt.coding.services import import_register
from uppsikt.core.periods import BEGINNING
from uppsikt.ledger.selectors import profiles
from uppsikt.ledger.services import import_file
from uppsikt.planning.kinds import RoundKind
from uppsikt.planning.services import change_state, import_budget
from uppsikt.planning.states import State
from uppsikt.rounds.services import set_up_round
from uppsikt.rounds.values import SetupDraft, SetupRow

KEY = "delar2-2022"
DAY = date(2022, 9, 1)
GROUPS = {
    "3": "Intäkter",
    "4": "Inköp",
    "5": "Personal",
    "6A": "Lokalhyror",
    "6B": "Övriga kostnader",
    "7": "Tjänster",
}
ACCOUNTS = {"3": "3010", "4": "4010", "5": "5010", "6A": "6010", "6B": "6110", "7": "7010"}
PER_DEPARTMENT = 20


def units(count: int) -> list[str]:
    return [f"U{number:04}" for number in range(count)]


def registers(count: int) -> dict[str, str]:
    rows = ["code;name;kind;parent;valid_from;valid_to", "KOM;Kommunen;municipality;;;"]
    for number, unit in enumerate(units(count)):
        department = f"D{number // PER_DEPARTMENT:02}"
        if number % PER_DEPARTMENT == 0:
            rows.append(f"{department};Avdelning {department};department;KOM;;")
        rows.append(f"{unit};Enhet {unit};unit;{department};;")
    accounts = ["code;name;kind;parent;parent:reporting;valid_from;valid_to"]
    accounts += [f"{group};{name};group;;;;" for group, name in GROUPS.items()]
    accounts += [f"{code};Konto {code};account;{group};{group};;" for group, code in ACCOUNTS.items()]
    return {"unit": "\n".join(rows) + "\n", "account": "\n".join([*accounts, "1930;Bank;account;;;;"]) + "\n"}


def ledger(count: int, year: int, months: int) -> str:
    head = f'#FLAGGA 0\n#PROGRAM "Prov" 1\n#FORMAT PC8\n#GEN {year}0905\n#SIETYP 4\n#FNAMN "Prov"\n'
    head += f"#RAR 0 {year}0101 {year}1231\n"
    head += "".join(f'#KONTO {code} "Konto {code}"\n' for code in (*ACCOUNTS.values(), "1930"))
    head += '#DIM 1 "Ansvar"\n' + "".join(f'#OBJEKT 1 {unit} "Enhet"\n' for unit in units(count))
    parts = [head]
    for month in range(1, months + 1):
        for number, unit in enumerate(units(count)):
            lines = [f"#VER A {month * 10_000 + number} {year}{month:02}15", "{"]
            amounts = [(number * 37 + int(code) + month * 11) % 900 + 100 for code in ACCOUNTS.values()]
            amounts[0] = -amounts[0]
            lines += [
                f"#TRANS {code} {{1 {unit}}} {value}.00"
                for code, value in zip(ACCOUNTS.values(), amounts, strict=True)
            ]
            parts.append("\n".join([*lines, f"#TRANS 1930 {{}} {-sum(amounts)}.00", "}"]) + "\n")
    return "".join(parts)


def budget(count: int) -> str:
    rows = ["beslut;beslutsdatum;typ;text;period;enhet;konto;belopp"]
    for unit in units(count):
        rows += [f"Kf 1;2021-11-23;ursprunglig;Budget;2022;{unit};{group};6000" for group in GROUPS if group != "3"]
        rows.append(f"Kf 1;2021-11-23;ursprunglig;Budget;2022;{unit};3;-6000")
    return "\n".join(rows) + "\n"


def load(actor: Actor, count: int) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    for dimension, content in registers(count).items():
        done = import_register(
            actor=actor, dimension=dimension, content=content.encode(), name=f"{dimension}.csv", as_of=DAY
        )
        assert not done.is_refused, done.findings
    for year, months in ((2021, 12), (2022, 8)):
        path = Path(settings.HOME) / f"last-{year}.se"
        path.write_text(ledger(count, year, months), encoding="cp437")
        taken = import_file(actor=actor, path=path, profile=profiles()["sie"], as_of=DAY, known=code_plan())
        assert taken.batch, taken.findings
    decided = import_budget(actor=actor, content=budget(count).encode(), name="budget.csv", as_of=DAY)
    assert not decided.is_refused, decided.findings
    open_round(actor, count)


def open_round(actor: Actor, count: int) -> None:
    setup = SetupRow(DAY, date(2022, 9, 20), date(2022, 10, 4), 500_000_00, 50, "")
    draft = SetupDraft(
        key=KEY,
        name="Delår 2 2022",
        kind=RoundKind.INTERIM,
        year=2022,
        cut_off=date(2022, 8, 31),
        deadline=date(2022, 9, 16),
        previous_key=None,
        setup=setup,
        participants=tuple(units(count)),
        questions=(),
    )
    made = set_up_round(actor=actor, facts=draft, as_of=DAY)
    assert not made.findings, made.findings
    assert not change_state(actor=actor, key=KEY, to=State.OPEN, as_of=DAY).findings


@transaction.atomic
def people(actor: Actor, count: int) -> list[dict[str, str]]:
    made = []
    for unit in units(count):
        for role in (Role.MANAGER, Role.DEPUTY):
            user = store_person(actor=actor, facts=PersonFacts(f"{role.value}-{unit}"))
            grant_role(actor=actor, user=user, role=role, unit=unit, valid_from=BEGINNING)
            session = SessionStore()
            session[SESSION_KEY] = str(user.pk)
            session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
            session[HASH_SESSION_KEY] = user.get_session_auth_hash()
            session.create()
            made.append({"unit": unit, "name": user.username, "session": session.session_key or ""})
    return made


def stored() -> list[list[object]]:
    """Every cell of the round as it stands: unit, account, period, öre, version."""
    from uppsikt.rounds.models import Cell

    fields = ("unit", "account", "period", "amount_ore", "version")
    return [list(own) for own in Cell.objects.filter(round__key=KEY).values_list(*fields)]


if __name__ == "__main__":
    if sys.argv[1] == "load":
        keeper = Actor("last", is_local=True)
        load(keeper, int(sys.argv[2]))
        print(json.dumps(people(keeper, int(sys.argv[2]))))
    else:
        print(json.dumps(stored()))
