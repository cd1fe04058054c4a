"""A round is adopted and corrected on its page, by those who may."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from django.contrib.auth.models import User
from django.test import Client

from tests.web.conftest import RECIPE, SignedIn
from uppsikt.audit.actors import Actor, Role
from uppsikt.audit.models import Event
from uppsikt.planning.freeze import frozen_folder
from uppsikt.planning.models import Round
from uppsikt.planning.selectors import adopted_versions, round_row
from uppsikt.planning.services import consolidate_round, import_forecast
from uppsikt.planning.states import State
from uppsikt.relations import actuals_of_round
from uppsikt.reports.models import Section
from uppsikt.reports.writing.texts import take_in
from uppsikt.rounds.models import RoundSetup
from uppsikt.web.actors import today

SETUP = {name: date(2022, 9, 30) for name in ("opens_on", "review_by", "adopt_by")} | {
    "threshold_ore": 0,
    "threshold_permille": 0,
}
KEY = "delar2-2022"
PAGE = f"/omgangar/{KEY}/faststall/"


def step(client: Client, name: str, **more: str) -> tuple[int, str]:
    answer = client.post(PAGE, {"step": name, **more}, follow=True)
    return answer.status_code, answer.content.decode()


def test_a_round_is_adopted_corrected_and_adopted_again(
    municipality: None, signed_in: SignedIn, local: Actor
) -> None:
    director = signed_in(Role.DIRECTOR)
    assert "när den är konsoliderad" in director.get(PAGE).content.decode()
    assert step(director, "adopt")[0] == 422
    assert step(director, "verifyy")[0] == 404
    consolidate_round(actor=local, key=KEY, as_of=today())
    assert "Fastställ version 1" in director.get(PAGE).content.decode()
    status, page = step(director, "adopt")
    [version] = adopted_versions(KEY)
    assert (status, version.frozen_hash in page) == (200, True)
    status, page = step(director, "correct", reason=" ")
    assert (status, "P067" in page) == (422, True)
    step(director, "correct", reason="Fel belopp")
    row = round_row(KEY)
    assert row is not None
    assert (row.state, row.version) == (State.OPEN, 2)
    consolidate_round(actor=local, key=KEY, as_of=today())
    _, page = step(director, "adopt")
    assert "Ingen siffra ändrades." in page
    assert "Fel belopp" in page
    assert "Version 1 räknas om till sig själv." in step(director, "verify", number="1")[1]
    assert step(director, "verify", number="3")[0] == 404
    assert director.get(f"{PAGE}rattelse-2.csv").content.decode("utf-8-sig").startswith("Uppställning;Enhet;Rad")
    assert director.get(f"{PAGE}rattelse-2.pdf").status_code == 404
    assert director.get(f"{PAGE}rattelse-3.csv").status_code == 404


def test_a_correction_is_told_by_its_cause_first_and_its_figures_by_name_below(
    municipality: None, signed_in: SignedIn, local: Actor, django_assert_max_num_queries: object
) -> None:
    director = signed_in(Role.DIRECTOR)
    consolidate_round(actor=local, key=KEY, as_of=today())
    step(director, "adopt")
    step(director, "correct", reason="Dubbel hyra")
    import_forecast(
        actor=local,
        round_key=KEY,
        content="enhet;konto;helår;grund\n4220;5;2600000;Utan dubbel hyra\n".encode(),
        name="rättelse.csv",
        submitted_on=today(),
        actuals=actuals_of_round,
    )
    consolidate_round(actor=local, key=KEY, as_of=today())
    assert "Följden:" not in director.get(PAGE).content.decode()
    foreseen = director.get(PAGE, {"visa": "andringar"}).content.decode().partition("Vad version 2 kommer")[2]
    assert "Utan dubbel hyra" in foreseen
    step(director, "adopt")
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        page = director.get(PAGE).content.decode()
    cause, _, consequences = page.partition("Följden:")
    assert "4220 Ekonomi" in cause
    assert "5 Personalkostnader" in cause
    assert "−2\u202f640" in cause
    assert "−2\u202f600" in cause
    assert "Utan dubbel hyra" in cause
    assert "<summary>Enheter · Kommunstyrelsen" in consequences
    assert '<th scope="row">Kommunstyrelseförvaltningen</th>' in consequences
    assert ">Prognos 2022<" in consequences
    assert "enheter:KS/40" not in page
    told = "Följden:" + consequences.partition('<p class="no-print">')[0]
    assert told in foreseen  # what was foreseen is what came of it

    own, other = signed_in(Role.MANAGER, "4220"), signed_in(Role.MANAGER, "1010")
    page = own.get(PAGE).content.decode()
    assert "Utan dubbel hyra" in page
    assert "Enheter · Kommunstyrelsen" not in page
    page = other.get(PAGE).content.decode()
    assert "Utan dubbel hyra" not in page
    assert "ändringar för enheter som du inte läser" in page
    files = [client.get(f"{PAGE}rattelse-2.csv").content.decode() for client in (director, own, other)]
    assert [("enheter:KS/40/prognos" in file, len(file.splitlines()) > 1) for file in files] == [
        (True, True),
        (False, False),  # no statement is of a lone unit
        (False, False),
    ]
    [line] = [own for own in files[0].splitlines() if own.endswith(";enheter:KS/40/prognos@delar2-2022")]
    assert line == (
        "Enheter;Kommunstyrelsen;Kommunstyrelseförvaltningen;Prognos 2022;-2520000,00;-2480000,00;40000,00;"
        "enheter:KS/40/prognos@delar2-2022"
    )
    assert director.get(f"{PAGE}rattelse-2.xlsx").content.startswith(b"PK")
    assert "räknas om till sig själv" in step(other, "verify", number="2")[1]
    assert step(other, "correct", reason="Mer")[0] == 403
    (frozen_folder(KEY, adopted_versions(KEY)[1].frozen_hash) / "figures.json").write_text("{}")
    status, page = step(other, "verify", number="2")
    assert (status, "Q005" in page, "nettoredovisning" in page) == (422, True, False)  # no other unit's figure
    assert "Q001" in step(director, "verify", number="2")[1]


def test_sections_that_nobody_approved_are_named_and_adopted_only_where_that_is_meant(
    municipality: None, signed_in: SignedIn, local: Actor, home: Path
) -> None:
    folder = home / "report-texts" / "prov"
    folder.mkdir(parents=True)
    (folder / "report.yaml").write_text(RECIPE, encoding="utf-8")
    (folder / "01-lage.md").write_text("# Läget i staden\n\nText.\n", encoding="utf-8")
    assert take_in(actor=local, folder=folder, as_of=today()).findings == []
    RoundSetup.objects.create(round=Round.objects.get(key=KEY), report_key="prov", **SETUP)
    writer = signed_in(Role.DIRECTOR)
    Section.objects.update(responsible=User.objects.get(username="director-alla"))
    assert "Skriv avsnittet Läget i staden" in writer.get("/").content.decode()
    consolidate_round(actor=local, key=KEY, as_of=today())
    assert "Läget i staden" in writer.get(PAGE).content.decode()
    status, page = step(writer, "adopt")
    assert (status, "Q006" in page, adopted_versions(KEY)) == (422, True, [])
    assert step(writer, "adopt", accepts_unapproved="on")[0] == 200
    assert len(adopted_versions(KEY)) == 1
    event = Event.objects.get(verb="accept-unapproved")
    assert "Läget i staden" in event.payload
    assert "Skriv avsnittet" not in writer.get("/").content.decode()


def test_whoever_may_not_adopt_sees_the_page_and_no_button(
    municipality: None, signed_in: SignedIn, local: Actor
) -> None:
    consolidate_round(actor=local, key=KEY, as_of=today())
    for role in (Role.CONTROLLER, Role.AUDITOR, Role.BOARD):
        client = signed_in(role)
        assert "Fastställ version 1</button>" not in client.get(PAGE).content.decode()
        assert step(client, "adopt")[0] == 403
        assert f'href="/omgangar/{KEY}/"' not in client.get(PAGE).content.decode() or role is Role.CONTROLLER
    assert adopted_versions(KEY) == []
    assert signed_in(None, name="ny").get(PAGE).status_code == 403


def test_a_round_there_is_not_is_a_page_that_says_so(municipality: None, signed_in: SignedIn) -> None:
    assert signed_in(Role.DIRECTOR).get("/omgangar/delar9-2022/faststall/").status_code == 404


def test_the_page_asks_a_fixed_number_of_questions(
    municipality: None, signed_in: SignedIn, django_assert_max_num_queries: object
) -> None:
    director = signed_in(Role.DIRECTOR)
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        director.get(PAGE)
