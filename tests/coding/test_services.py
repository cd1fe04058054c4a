from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.conftest import actor_with
from uppsikt.audit.actors import Actor, NotAllowed, Role
from uppsikt.audit.models import Event
from uppsikt.audit.services import verify_chain
from uppsikt.coding.models import Code, CodePlacement, CodeVersion
from uppsikt.coding.selectors import code_plan, register_rows
from uppsikt.coding.services import RegisterImport, export_register, import_register
from uppsikt.core.findings import CATALOGUE
from uppsikt.core.language import speaking
from uppsikt.core.tables import read_table

pytestmark = pytest.mark.django_db

TODAY = date(2022, 9, 1)
UNITS = """kod;namn;slag;överordnad;gäller_från;gäller_till
KS;Kommunstyrelse;committee;;;
40;Förvaltningen;administration;KS;;
42;Centralt stöd;department;40;;
4210;Digitalisering;unit;42;;
4290;Lokalförsörjning;unit;42;2022-07-01;
"""


def take_in(actor: Actor, text: str, dimension: str = "unit", dry_run: bool = False) -> RegisterImport:
    return import_register(
        actor=actor, dimension=dimension, content=text.encode(), name="enheter.csv", as_of=TODAY, dry_run=dry_run
    )


def test_a_register_is_imported_whole(local: Actor) -> None:
    result = take_in(local, UNITS)
    assert result.findings == ()
    assert (result.added, result.changed, result.unchanged) == (5, 0, 0)
    plan = code_plan()
    assert plan.path("unit", "4210", TODAY) == ["4210", "42", "40", "KS"]
    assert plan.children("unit", "42", date(2022, 6, 30)) == ["4210"]
    assert plan.children("unit", "42", date(2022, 7, 1)) == ["4210", "4290"]
    assert plan.name("unit", "4210", TODAY) == "Digitalisering"


def test_the_same_file_again_changes_nothing_and_logs_nothing(local: Actor) -> None:
    take_in(local, UNITS)
    events = Event.objects.count()
    result = take_in(local, UNITS)
    assert (result.added, result.changed, result.unchanged) == (0, 0, 5)
    assert Event.objects.count() == events


def test_codes_the_file_does_not_name_are_left_alone(local: Actor) -> None:
    take_in(local, UNITS)
    result = take_in(local, "kod;namn;överordnad\n4210;Digitalt;42\n")
    assert (result.added, result.changed, result.unchanged) == (0, 1, 0)
    assert code_plan().name("unit", "4290", TODAY) == "Lokalförsörjning"
    assert code_plan().name("unit", "4210", TODAY) == "Digitalt"


def test_a_rename_keeps_the_old_name_for_its_time(local: Actor) -> None:
    take_in(local, UNITS)
    take_in(
        local,
        "kod;namn;slag;överordnad;gäller_från;gäller_till\n"
        "4210;Digitalisering;unit;42;;2022-07-01\n4210;Digitalt stöd;unit;42;2022-07-01;\n",
    )
    assert code_plan().name("unit", "4210", date(2022, 6, 30)) == "Digitalisering"
    assert code_plan().name("unit", "4210", date(2022, 7, 1)) == "Digitalt stöd"
    assert CodePlacement.objects.filter(code__code="4210").count() == 1  # the placement didn't change


def test_what_was_overwritten_is_in_the_log(local: Actor) -> None:
    take_in(local, UNITS)
    take_in(local, "kod;namn;överordnad\n4210;Digitalt;40\n")
    event = Event.objects.filter(verb="import-register", target="register:unit").latest("sequence")
    change = json.loads(event.payload)["changed"]["4210"]
    assert change["before"]["names"][0][2] == "Digitalisering"
    assert change["before"]["placements"]["standard"][0][2] == "42"
    assert change["after"]["names"][0][2] == "Digitalt"
    assert change["after"]["placements"]["standard"][0][2] == "40"
    assert verify_chain() == []


def test_a_dry_run_tells_all_and_changes_nothing(local: Actor) -> None:
    result = take_in(local, UNITS, dry_run=True)
    assert (result.added, result.dry_run) == (5, True)
    assert Code.objects.count() == 0
    assert Event.objects.count() == 0
    assert code_plan().codes("unit") == []


def test_one_bad_row_stops_the_whole_file(local: Actor) -> None:
    result = take_in(local, UNITS + "4299;;unit;42;;\n")
    assert [finding.code for finding in result.findings] == ["C003"]
    assert result.is_refused
    assert Code.objects.count() == 0
    assert Event.objects.count() == 0


def test_a_controller_may_import_and_a_manager_may_not(local: Actor) -> None:
    assert take_in(actor_with(Role.CONTROLLER), UNITS).added == 5
    with pytest.raises(NotAllowed):
        take_in(actor_with(Role.MANAGER), UNITS)
    with pytest.raises(NotAllowed):  # a register is the whole municipality's
        take_in(actor_with(Role.CONTROLLER, "42"), UNITS)


HEAD = "code;name;kind;parent;valid_from;valid_to;parent:reporting\n"
FAULTS = {
    "C002": ";Namnlös;;;;;\n",
    "C003": "42;;;;;;\n",
    "C004": "42/10;Namn;;;;;\n",
    "C005": "42;Namn;;;1/7 2022;;\n",
    "C006": "42;Namn;;;;2022-06-30;\n",
    "C007": "42;Namn;;;2022-07-01;2022-01-01;\n",
    "C008": "42;Namn;;;;;\n42;Annat;;;;;\n",
    "C009": "42;Namn;;;;2022-07-01;\n42;Annat;;;2022-01-01;;\n",
    "C010": "42;Namn;;40;;;\n",
    "C011": "41;A;;42;;;\n42;B;;41;;;\n",
    "C012": "40;A;;;2022-07-01;;\n42;B;;40;;;\n",
    "C013": "42;" + "x" * 201 + ";;;;;\n",
    "C015": "6A;Hyror;;;;;\n6a;Hyror;;;;;\n",
}


@pytest.mark.parametrize("code", FAULTS)
def test_each_fault_has_its_own_finding(local: Actor, code: str) -> None:
    result = take_in(local, HEAD + FAULTS[code], "account")
    assert [finding.code for finding in result.findings] == [code]
    assert result.findings[0].at.line is not None
    for language in ("sv", "en"):
        with speaking(language):
            assert "{" not in result.findings[0].says + result.findings[0].do
    assert Code.objects.count() == 0


def test_an_unknown_dimension_is_a_finding(local: Actor) -> None:
    assert [finding.code for finding in take_in(local, UNITS, "enhet").findings] == ["C001"]


def test_a_misspelt_column_is_a_warning_and_the_rest_is_read(local: Actor) -> None:
    result = take_in(local, "kod;namn;överordnad;överordnat:rapport\n3;Intäkter;;\n", "account")
    assert [finding.code for finding in result.findings] == ["C014"]
    assert result.added == 1


def test_two_columns_for_one_thing_are_refused_for_one_of_them_would_be_lost(local: Actor) -> None:
    result = take_in(local, "kod;namn;överordnad;parent\n3;Intäkter;;\n", "account")
    assert [(finding.code, finding.facts["name"]) for finding in result.findings] == [("T003", "överordnad / parent")]
    assert take_in(local, "kod;namn;överordnad\n3;Intäkter;\n", "account").added == 1


def test_every_finding_of_a_register_is_tested() -> None:
    registers = {code for code in CATALOGUE if "C001" <= code < "C020"}
    assert registers == set(FAULTS) | {"C001", "C014"}


def test_a_missing_column_is_named(local: Actor) -> None:
    result = take_in(local, "kod;överordnad\n42;\n")
    (finding,) = result.findings
    assert (finding.code, finding.facts["name"], finding.facts["present"]) == (
        "T002",
        "name (namn)",
        "kod, överordnad",
    )
    assert finding.at.source


def test_the_end_date_finding_says_which_day_was_probably_meant(local: Actor) -> None:
    result = take_in(local, HEAD + FAULTS["C006"], "account")
    assert "2022-07-01" in result.findings[0].do


def test_a_shortened_parent_is_refused_while_others_hang_on_it(local: Actor) -> None:
    take_in(local, UNITS)
    result = take_in(local, "kod;namn;överordnad;gäller_till\n42;Centralt stöd;40;2022-07-01\n")
    assert {finding.code for finding in result.findings} == {"C012"}
    assert {finding.facts["value"] for finding in result.findings} == {"4210", "4290"}


def test_a_circle_that_is_never_closed_on_any_day_is_allowed(local: Actor) -> None:
    result = take_in(
        local,
        HEAD + "41;A;;42;;2022-01-01;\n41;A;;;2022-01-01;;\n42;B;;;;2022-01-01;\n42;B;;41;2022-01-01;;\n",
    )
    assert result.findings == ()


def test_a_circle_on_some_days_is_refused_from_its_first_day(local: Actor) -> None:
    result = take_in(local, HEAD + "41;A;;42;;;\n42;B;;;;2022-01-01;\n42;B;;41;2022-01-01;;\n")
    assert [finding.code for finding in result.findings] == ["C011"]
    assert result.findings[0].facts["start"] == date(2022, 1, 1)


ACCOUNTS = """code;name;kind;parent;valid_from;valid_to;parent:reporting
1;Tillgångar;class;;;;
6;Övriga kostnader;class;;;;
6A;Lokalhyror;group;6;;;/
60;Lokal- och markhyror;group;6;;;6A
61;Fastighetskostnader;group;6;;;6
"""


def test_hierarchies_stand_beside_each_other(local: Actor) -> None:
    assert take_in(local, ACCOUNTS, "account").findings == ()
    plan = code_plan()
    assert plan.children("account", None, TODAY) == ["1", "6"]
    assert plan.children("account", None, TODAY, "reporting") == ["6", "6A"]
    assert plan.children("account", "6", TODAY) == ["60", "61", "6A"]
    assert plan.children("account", "6", TODAY, "reporting") == ["61"]


def test_a_file_without_a_hierarchy_leaves_that_hierarchy_alone(local: Actor) -> None:
    take_in(local, ACCOUNTS, "account")
    take_in(local, "code;name;kind;parent\n60;Hyror;group;6\n", "account")
    assert code_plan().parent("account", "60", TODAY, "reporting") == "6A"
    assert code_plan().name("account", "60", TODAY) == "Hyror"


def test_a_code_imported_alone_stays_the_root_of_those_who_hang_on_it(local: Actor) -> None:
    take_in(local, ACCOUNTS, "account")
    result = take_in(local, HEAD + "6;Övriga verksamhetskostnader;class;;;;\n", "account")
    assert result.findings == ()
    assert "6" in code_plan().children("account", None, TODAY, "reporting")


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_export_imported_again_changes_nothing(local: Actor, format: str, language: str) -> None:
    take_in(local, ACCOUNTS, "account")
    with speaking(language):
        content = export_register("account", format)  # type: ignore[arg-type]
        result = import_register(
            actor=local, dimension="account", content=content, name=f"konton.{format}", as_of=TODAY
        )
    assert (result.findings, result.changes, result.unchanged) == ((), (), 5)


def test_headings_are_in_the_language_of_the_user(local: Actor) -> None:
    take_in(local, ACCOUNTS, "account")
    table, _ = read_table(export_register("account"), "konton.csv")
    assert table is not None
    assert table.headings == ("kod", "namn", "slag", "överordnad", "gäller_från", "gäller_till", "överordnad:rapport")
    assert register_rows("account")[0][-1] == "parent:reporting"


def test_the_database_refuses_what_a_single_row_can_tell(local: Actor) -> None:
    take_in(local, UNITS)
    code = Code.objects.get(code="42")
    stretch = {"valid_from": date(2022, 1, 1), "valid_to": date(2023, 1, 1)}
    refused = [
        lambda: Code.objects.create(dimension="unit", code="42"),
        lambda: Code.objects.create(dimension="enhet", code="43"),
        lambda: CodeVersion.objects.create(
            code=code, name="x", valid_from=date(2022, 7, 1), valid_to=date(2022, 7, 1)
        ),
        lambda: CodePlacement.objects.create(code=code, hierarchy="annan", parent=code, **stretch),
    ]
    for attempt in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            attempt()


def test_the_code_plan_costs_three_queries_after_a_write_and_one_until_the_next(local: Actor) -> None:
    take_in(local, UNITS)
    with CaptureQueriesContext(
        connection,
    ) as cold:
        first = code_plan()
    with CaptureQueriesContext(connection) as warm:
        second = code_plan()
    assert (len(cold), len(warm)) == (3, 1)
    assert first is second
    take_in(local, "kod;namn;överordnad\n4210;Digitalt;42\n")
    assert code_plan() is not first


def test_a_rolled_back_write_is_not_remembered(local: Actor) -> None:
    take_in(local, UNITS)
    with transaction.atomic():
        take_in(local, "kod;namn;överordnad\n4210;Ångrat;42\n")
        assert code_plan().name("unit", "4210", TODAY) == "Ångrat"
        transaction.set_rollback(True)
    assert code_plan().name("unit", "4210", TODAY) == "Digitalisering"
    take_in(local, "kod;namn;överordnad\n4210;Sedan;42\n")
    assert code_plan().name("unit", "4210", TODAY) == "Sedan"
