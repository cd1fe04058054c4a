from __future__ import annotations

from datetime import date

import pytest

from tests.coding.test_services import TODAY, UNITS, take_in
from uppsikt.audit.actors import Actor
from uppsikt.coding.event_findings import REORGANISATION_UNKNOWN
from uppsikt.coding.events import Event, EventKind, ReorganisationFacts
from uppsikt.coding.models import CodeVersion, RegisterRevision
from uppsikt.coding.reorganisation_services import save_draft
from uppsikt.coding.selectors import (
    code_plan,
    export_events,
    folded,
    register_rows,
    reorganisation,
    reorganisations,
    search,
    unit_path,
)
from uppsikt.core.findings import NotFound

pytestmark = pytest.mark.django_db


def test_a_units_path_goes_up_to_the_root(local: Actor) -> None:
    take_in(local, UNITS)
    assert unit_path("4210", TODAY) == ["4210", "42", "40", "KS"]
    assert unit_path("9999", TODAY) == ["9999"]


def test_an_empty_register_gives_an_empty_plan() -> None:
    assert code_plan().names == ()
    assert register_rows("unit")[1] == []


def test_search_finds_words_in_code_and_name_whatever_the_case(local: Actor) -> None:
    take_in(local, UNITS)
    assert [hit.code for hit in search("unit", "LOKAL", TODAY)] == ["4290"]
    assert [hit.code for hit in search("unit", "42 stöd", TODAY)] == ["42"]
    assert [hit.code for hit in search("unit", "42", TODAY)] == ["42", "4210", "4290"]
    assert search("unit", "saknas", TODAY) == []


def test_search_leaves_out_what_is_not_valid_that_day(local: Actor) -> None:
    take_in(local, UNITS)
    assert search("unit", "lokal", date(2022, 6, 30)) == []
    assert len(search("unit", "", TODAY, limit=3)) == 3


def test_rows_are_cut_where_a_name_or_a_parent_changes(local: Actor) -> None:
    take_in(local, UNITS)
    take_in(
        local,
        "kod;namn;slag;överordnad;gäller_från;gäller_till\n"
        "4210;Digitalisering;unit;42;;2022-07-01\n"
        "4210;Digitalt stöd;unit;42;2022-07-01;2023-01-01\n"
        "4210;Digitalt stöd;unit;40;2023-01-01;\n",
    )
    rows = [row for row in register_rows("unit")[1] if row[0] == "4210"]
    assert rows == [
        ["4210", "Digitalisering", "unit", "42", "", "2022-07-01"],
        ["4210", "Digitalt stöd", "unit", "42", "2022-07-01", "2023-01-01"],
        ["4210", "Digitalt stöd", "unit", "40", "2023-01-01", ""],
    ]


def test_a_write_of_another_process_is_noticed(local: Actor) -> None:
    take_in(local, UNITS)
    before = code_plan()
    # what another process does: rows and a new token, without touching this one's memory
    CodeVersion.objects.filter(code__code="4210").update(name="Annan")
    assert code_plan() is before
    RegisterRevision.objects.update(token="another")
    assert code_plan().name("unit", "4210", TODAY) == "Annan"


def test_an_unknown_reorganisation_is_told_with_those_there_are() -> None:
    for ask in (reorganisation, folded, export_events):
        with pytest.raises(NotFound) as refused:
            ask("saknas")
        assert (refused.value.finding.code, refused.value.finding.facts["known"]) == (REORGANISATION_UNKNOWN, "–")


def test_reorganisations_come_by_their_first_day_of_effect(local: Actor) -> None:
    take_in(local, UNITS)
    for key, day in (("sen", date(2024, 1, 1)), ("tidig", date(2023, 1, 1))):
        close = Event(1, EventKind.CLOSE, "unit", day, "4210")
        save_draft(actor=local, facts=ReorganisationFacts(key, key), events=[close], as_of=TODAY)
    save_draft(actor=local, facts=ReorganisationFacts("tom", "Tom"), events=[], as_of=TODAY)
    assert [own.key for own in reorganisations()] == ["tidig", "sen", "tom"]
