"""Users and roles at the command line: made, given, taken back, closed, and every step in the log."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User

from uppsikt.audit.actors import Actor, Verb, may
from uppsikt.audit.models import Event
from uppsikt.audit.services import actor_of
from uppsikt.cli.output import Exit, run_safely
from uppsikt.coding.services import import_register

pytestmark = pytest.mark.django_db
PASSWORD = ["--password", "ett långt lösenord"]
UNITS = b"code;name;kind;parent\n42;Stod;unit;\n4220;Ekonomi;unit;42\n"


@pytest.fixture(autouse=True)
def units(local: Actor) -> None:
    import_register(actor=local, dimension="unit", content=UNITS, name="unit.csv", as_of=date(2022, 1, 1))


def anna() -> Actor:
    return actor_of(User.objects.get(username="anna"))


def may_forecast() -> bool:
    return may(anna(), Verb.SUBMIT_FORECAST, ["4220", "42"], date.today())  # noqa: DTZ011


def test_a_user_is_made_with_a_role_and_may_do_its_verbs() -> None:
    assert run_safely(["user", "create", "anna", "--role", "manager", "--unit", "42", *PASSWORD]) == Exit.OK
    assert may_forecast()
    assert Event.objects.filter(verb="create-user").count() == 1


def test_a_role_is_given_and_taken_back() -> None:
    run_safely(["user", "create", "anna", "--role", "reader", *PASSWORD])
    assert not may_forecast()
    assert run_safely(["user", "grant", "anna", "--role", "manager", "--unit", "4220"]) == Exit.OK
    assert may_forecast()
    assert run_safely(["user", "revoke", "anna", "--role", "manager", "--unit", "4220"]) == Exit.OK
    assert not may_forecast()
    assert run_safely(["user", "revoke", "anna", "--role", "manager", "--unit", "4220"]) == Exit.USAGE


def test_a_password_is_changed_and_an_account_closed() -> None:
    run_safely(["user", "create", "anna", "--role", "reader", *PASSWORD])
    assert run_safely(["user", "password", "anna", "--password", "ett annat långt lösenord"]) == Exit.OK
    assert User.objects.get(username="anna").check_password("ett annat långt lösenord")
    assert run_safely(["user", "close", "anna"]) == Exit.OK
    assert not User.objects.get(username="anna").is_active


@pytest.mark.parametrize(
    "arguments",
    [
        ["create", "anna", "--role", "reader", "--unit", "9999", *PASSWORD],
        ["create", "anna", "--role", "reader", "--password", "kort"],
        ["create", "anna", "--role", "kung", *PASSWORD],
        ["password", "bertil", *PASSWORD],
        ["close", "bertil"],
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(arguments: list[str]) -> None:
    assert run_safely(["user", *arguments]) == Exit.USAGE
    assert not User.objects.exists()


def test_a_directory_is_tried_and_then_taken_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "katalog.csv"
    file.write_text("användarnamn;roll;enhet\nanna;chef;4220\n", encoding="utf-8")
    assert run_safely(["user", "import", str(file), "--dry-run"]) == Exit.OK
    assert "anna: får rollen: chef 4220" in capsys.readouterr().out
    assert not User.objects.exists()
    assert run_safely(["user", "import", str(file)]) == Exit.OK
    assert may_forecast()
    file.write_text("användarnamn;roll;enhet\nanna;chef;9999\n", encoding="utf-8")
    assert run_safely(["user", "import", str(file), "--complete"]) == Exit.FINDINGS
    assert "A007" in capsys.readouterr().err


def test_the_last_administrator_is_not_closed_and_a_closed_account_opens_again() -> None:
    run_safely(["user", "create", "anna", "--role", "administrator", *PASSWORD])
    assert run_safely(["user", "close", "anna"]) == Exit.FINDINGS
    assert run_safely(["user", "revoke", "anna", "--role", "administrator"]) == Exit.FINDINGS
    run_safely(["user", "create", "bertil", "--role", "administrator", *PASSWORD])
    assert run_safely(["user", "close", "anna"]) == Exit.OK
    assert run_safely(["user", "open", "anna"]) == Exit.OK
    assert User.objects.get(username="anna").is_active
