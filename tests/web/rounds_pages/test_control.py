from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.conftest import SignedIn
from tests.web.rounds_pages.conftest import DAY, ROUND, type_in
from uppsikt import relations
from uppsikt.adoption import adopt
from uppsikt.audit.actors import ALLOWED, Actor, Role, Verb
from uppsikt.audit.models import Event
from uppsikt.coding.services import import_register
from uppsikt.planning.kinds import ForecastKind, RoundKind
from uppsikt.planning.models import Round
from uppsikt.planning.selectors import forecasts, round_row
from uppsikt.planning.services import consolidate_round, create_round, import_budget, import_forecast, open_round
from uppsikt.planning.states import State
from uppsikt.rounds.models import Participant
from uppsikt.rounds.selectors import participants
from uppsikt.rounds.services import add_comment, return_unit
from uppsikt.rounds.states import WorkState
from uppsikt.rounds.values import CellEdit
from uppsikt.web.rounds_pages.review import RowView
from uppsikt.web.rounds_pages.units import unit_page

HOME = f"/omgangar/{ROUND}/"
pytestmark = pytest.mark.usefixtures("running")


def page_of(client: Client, address: str = HOME, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200, response.content.decode()[-2000:]
    return response.content.decode()


def rows_of(page: str) -> dict[str, list[str]]:
    """The rows of the page's table by unit code (or label): what stands in each cell."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)]
    texts = [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in rows]
    return {row[0].split()[-1]: row[1:] for row in texts}


def state_of(unit: str) -> WorkState:
    return next(own.state for own in participants(ROUND) if own.unit == unit)


def test_the_tree_tells_figures_and_states_of_units_and_levels(signed_in: SignedIn) -> None:
    rows = rows_of(page_of(signed_in(Role.CONTROLLER)))
    # budget 1 200, forecast 1 150,0005 handed in, 1 200 last time
    assert rows["1010"][:7] == ["● lämnad", "−1 200", "−1 150", "50", "överskott", "50", "förbättrad"]
    # 2 520 stands from before; 2 900 of salaries is typed, its fees not yet
    assert rows["4220"][:3] == ["◐ påbörjad", "−2 280", "−2 520 arbetas om: −2 900"]
    assert rows["4220"][7:] == ["förklaring 1", "1"]
    assert rows["KS"][:6] == [
        "0 av 3",
        "−3 480",
        "−3 670 arbetas om: −4 050",
        "−190",
        "underskott 1 utan prognos",
        "−90",
    ]


def test_a_year_end_speaks_of_the_result_and_says_that_the_ledger_is_not_whole(signed_in: SignedIn) -> None:
    Round.objects.filter(key=ROUND).update(cut_off=date(2022, 12, 31), name="Bokslut 2022")
    controller = signed_in(Role.CONTROLLER)
    assert "Huvudboken slutar i augusti 2022." in page_of(controller)
    assert "bokslutet lämnas" in page_of(controller, "/omgangar/")
    of_others = r"Mina prognoser|[Ff]örra prognosen|Prognos och uppföljning|Prognos Delår 1"
    for place in ("", "enhet/4220/", "granska/4220/", "granska/KS/", "brygga/", "justeringar/", "prognoser/"):
        page = page_of(controller, f"{HOME}{place}")
        words = re.sub(f"{of_others}|<script.*?</script>|<[^>]+>", " ", page[page.index("<main") :], flags=re.DOTALL)
        assert not re.findall(r".{20}[Pp]rognos.{20}", words), place


def test_a_director_sees_the_own_tree_alone_and_a_manager_no_such_page(signed_in: SignedIn) -> None:
    director = signed_in(Role.DIRECTOR, "40")
    page = page_of(director)
    assert set(rows_of(page)) == {"40", "42", "4220"}
    assert "1010" not in page
    assert "Nästa steg" not in page
    assert director.get(f"{HOME}granska/1010/").status_code == 403
    assert director.get(f"{HOME}brygga/", {"unit": "10"}).status_code == 403
    assert signed_in(Role.MANAGER, "4220").get(HOME).status_code == 403
    assert signed_in(Role.READER).get(HOME).status_code == 403


def test_the_small_part_says_nothing_until_something_changes(signed_in: SignedIn, local: Actor) -> None:
    client = signed_in(Role.CONTROLLER)
    address = re.search(r'hx-get="([^"]+lage/\?sett=\w+)"', page_of(client))
    assert address
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address[1]).status_code == 204
    assert not any("planning_forecast" in query["sql"] for query in queries)
    type_in(local, "3020", CellEdit("5", 0, 1, 0))
    renewed = client.get(address[1])
    assert renewed["HX-Trigger"] == "roundchanged"
    assert "påbörjad</span> <strong>2</strong>" in " ".join(renewed.content.decode().split())


def test_choices_show_only_what_is_asked_for(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    assert "4220" not in rows_of(page_of(client, visa="review"))
    assert "1010" not in rows_of(page_of(client, visa="missing"))
    assert set(rows_of(page_of(client, q="ekonomi"))) == {"KS", "40", "42", "4220"}
    assert client.get(HOME, {"visa": "allt"}).status_code == 404


def test_several_are_approved_at_once_and_those_that_can_not_be_are_named(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    chosen = {"unit": ["1010", "4220"], "back": "visa=review"}
    response = client.post(f"{HOME}godkann/", chosen | seen_in(page_of(client)))
    assert response.status_code == 422
    assert "Enheten 4220 är påbörjad" in response.content.decode()
    assert state_of("1010") is WorkState.APPROVED
    assert client.post(f"{HOME}godkann/", {}).status_code == 422


def seen_in(page: str) -> dict[str, str]:
    """The marks of what a page showed, as its form posts them."""
    return dict(re.findall(r'name="(seen[\w-]*)" value="(\w+)"', page))


def test_what_was_handed_in_anew_since_the_page_was_read_is_not_approved(signed_in: SignedIn, local: Actor) -> None:
    client, panel = signed_in(Role.CONTROLLER), f"{HOME}granska/1010/"
    of_tree, of_panel = seen_in(page_of(client)), seen_in(page_of(client, panel))
    assert (set(of_tree), set(of_panel)) == ({"seen-1010"}, {"seen"})
    return_unit(actor=local, round_key=ROUND, unit="1010", message="Se över", as_of=DAY)
    Participant.objects.filter(unit="1010").update(state=WorkState.SUBMITTED.value)
    for address, seen in ((f"{HOME}godkann/", of_tree), (panel, of_panel)):
        refused = client.post(address, {"do": "approve", "unit": "1010"} | seen)
        assert (refused.status_code, "N058" in refused.content.decode()) == (422, True)
    assert state_of("1010") is WorkState.SUBMITTED
    now = seen_in(refused.content.decode())  # it shows what is handed in now, and that can be approved
    assert client.post(panel, {"do": "approve"} | now).status_code == 302
    assert state_of("1010") is WorkState.APPROVED


def test_a_unit_is_approved_returned_excused_and_taken_in_again(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)

    def does(unit: str, do: str, **more: str) -> int:
        seen = seen_in(page_of(client, f"{HOME}granska/1010/"))
        response = client.post(f"{HOME}granska/{unit}/", {"do": do, "back": "visa=review", **seen, **more})
        if response.status_code == 302:
            assert response["Location"] == f"{HOME}?visa=review"
        return response.status_code

    assert does("1010", "approve") == 302
    assert does("1010", "return", message=" ") == 422
    assert does("1010", "return", message="Hyran saknas.") == 302
    assert "Hyran saknas." in page_of(client, f"{HOME}granska/1010/")
    assert does("3020", "excuse", reason="Vilar i år") == 302
    assert [own.excused for own in participants(ROUND) if own.unit == "3020"] == ["Vilar i år"]
    assert does("3020", "include") == 302
    assert does("3020", "anta") == 404
    assert does("4711", "approve") == 404


@pytest.mark.parametrize("state", [WorkState.RETURNED, WorkState.SUBMITTED])
def test_what_is_said_between_reviewer_and_unit_is_for_them_alone(
    signed_in: SignedIn, local: Actor, state: WorkState
) -> None:
    add_comment(actor=local, round_key=ROUND, unit="1010", text="Mellan oss", as_of=DAY)
    done = return_unit(actor=local, round_key=ROUND, unit="1010", message="Hyran saknas", as_of=DAY)
    assert done.findings == ()
    Participant.objects.filter(unit="1010").update(state=state.value)
    work = reverse("forecast", args=[ROUND, "1010"])
    addresses = ["/omgangar/", HOME, f"{HOME}granska/1010/", work, reverse("forecasts-mine")]
    for role, unit in [*((role, "1010") for role in Role), (Role.MANAGER, "4220"), (Role.BOARD, "*")]:
        client = signed_in(role, unit)
        told = b"".join(client.get(address).content for address in addresses).decode()
        works_there = Verb.COMMENT in ALLOWED[role] and unit != "4220"
        assert ("Mellan oss" in told) == works_there, (role, unit)
        reads = works_there and (state is WorkState.RETURNED or Verb.APPROVE_FORECAST in ALLOWED[role])
        assert ("Hyran saknas" in told) == reads, (role, unit)


def test_a_director_approves_but_does_not_excuse_adjust_or_run_the_round(signed_in: SignedIn) -> None:
    client = signed_in(Role.DIRECTOR, "10")
    assert client.post(f"{HOME}granska/1010/", {"do": "excuse", "reason": "x"}).status_code == 403
    assert client.post(f"{HOME}godkann/", {"unit": ["1010", "4220"]}).status_code == 403
    assert client.post(f"{HOME}steg/", {"to": "consolidated"}).status_code == 403
    adjustment = {"unit": "10", "account": "5", "direction": "worse", "amount": "5", "reason": "x"}
    assert client.post(f"{HOME}justeringar/", adjustment).status_code == 403
    assert "W058" in client.post(f"{HOME}godkann/", {}).content.decode()
    seen = seen_in(page_of(client, f"{HOME}granska/1010/"))
    assert client.post(f"{HOME}granska/1010/", {"do": "approve"} | seen).status_code == 302


def test_an_adjustment_is_laid_over_a_level_kept_and_taken_back_by_a_zero(signed_in: SignedIn) -> None:
    client, address = signed_in(Role.CONTROLLER), f"{HOME}justeringar/"
    form = {"unit": "40", "account": "5", "direction": "worse", "amount": "100 000,50", "reason": "Löneöversynen"}
    unsaid = client.post(address, form | {"reason": ""})
    assert (unsaid.status_code, "W059" in unsaid.content.decode()) == (422, True)
    assert "Kontogrupp saknas." in client.post(address, form | {"account": ""}).content.decode()
    assert client.post(address, form | {"amount": "-5"}).status_code == 422
    asked = client.post(address, form)
    assert "läses som 100\u202f000,50\xa0kr" in asked.content.decode()
    assert "Ingen central justering gäller." in page_of(client, address)
    stood = {"stood": "none"}
    assert client.post(address, form | stood | {"read_as": "1000005"}).status_code == 200  # another amount than said
    assert client.post(address, form | {"read_as": "10000050"}).status_code == 200  # nobody says what stood there
    back = {"amount": "0", "read_as": "0", "reason": "Nu i enheternas"}
    assert client.post(address, form | stood | {"read_as": "10000050"}).status_code == 302
    rows = rows_of(page_of(client))
    assert "varav centralt −100" in rows["40"][2]
    assert "centralt" not in rows["42"][2]
    assert client.post(address, form | back | stood_in(page_of(client, address))).status_code == 302
    client.post("/sprak/", {"language": "en", "next": "/"})
    assert confirmed(client, form | {"amount": "1,400"}) == "140000"
    client.post("/sprak/", {"language": "sv", "next": "/"})
    assert "varav centralt −1 " in rows_of(page_of(client))["40"][2] + " "  # 1 400 kronor, not 1,40
    assert confirmed(client, form | {"amount": "1,2 mnkr"}) == "120000000"
    assert client.post(address, form | back | stood_in(page_of(client, address))).status_code == 302
    page = page_of(client, address)
    assert "Ingen central justering gäller." in page
    assert "Löneöversynen" in page
    assert "Nu i enheternas" in page


def stood_in(page: str) -> dict[str, str]:
    """What a page says stands, and how it read an amount, as its first form posts them."""
    return dict(re.findall(r'name="(read_as|stood)" value="(-?\w+)"', page)[:2])


def confirmed(client: Client, form: dict[str, str]) -> str:
    """Lay an adjustment as it is asked about; how its amount was read."""
    asked = stood_in(client.post(f"{HOME}justeringar/", form).content.decode())
    assert client.post(f"{HOME}justeringar/", form | asked).status_code == 302
    return asked["read_as"]


def test_an_adjustment_confirmed_over_another_than_it_was_asked_over_is_asked_about_again(
    signed_in: SignedIn,
) -> None:
    client, address = signed_in(Role.CONTROLLER), f"{HOME}justeringar/"
    form = {"unit": "40", "account": "5", "direction": "worse", "amount": "1 mnkr", "reason": "Ekonomens bedömning"}
    asked = stood_in(client.post(address, form).content.decode())
    confirmed(client, form | {"amount": "3 mnkr", "reason": "Chefens bedömning"})
    events = Event.objects.count()
    again = client.post(address, form | asked)
    page = again.content.decode()
    assert (again.status_code, Event.objects.count()) == (200, events)
    assert "Justeringen är inte bokförd: det som gäller där har ändrats" in page
    assert "Den justering på −3\u202f000\u202f000\xa0kr" in page
    assert client.post(address, form | stood_in(page)).status_code == 302
    assert [own.rest_ore for own in forecasts(ROUND, ["40"], ForecastKind.ADJUSTMENT)] == [100_000_000]


def test_investments_are_no_net_cost_and_what_was_laid_over_a_unit_is_not_its_own_to_explain(
    signed_in: SignedIn, local: Actor
) -> None:
    client = signed_in(Role.CONTROLLER)
    type_in(local, "4220", CellEdit("1930", 0, 500_000_00, 0))
    rows = rows_of(page_of(client))
    assert rows["4220"][2] == "−2 520 arbetas om: −2 900"  # the salaries alone
    assert rows["4220"][7] == "förklaring 2"
    panel = page_of(client, f"{HOME}granska/4220/")
    assert panel.count("förklaring saknas") == 2
    assert panel.index("Nettokostnad") < panel.index("Investeringar") < panel.index("1930 Bank")
    adjustment = {"unit": "1010", "account": "5", "direction": "worse", "amount": "900 tkr", "reason": "Avtalet"}
    assert confirmed(client, adjustment) == "90000000"
    assert "−2\u202f050" in page_of(client, f"{HOME}granska/1010/")
    assert "förklaring saknas" not in page_of(client, f"{HOME}granska/1010/")


def test_the_review_table_adds_up_in_every_state_and_tells_what_the_unit_changed_since_it_handed_in(
    signed_in: SignedIn, local: Actor
) -> None:
    client, panel = signed_in(Role.CONTROLLER), f"{HOME}granska/1010/"
    adjustment = {"unit": "1010", "account": "5", "direction": "worse", "amount": "100 000", "reason": "Avtalet"}
    assert confirmed(client, adjustment) == "10000000"

    def total() -> list[str]:
        own = rows_of(page_of(client, panel))["Nettokostnad"]
        return [own[1], *own[5:]]

    # budget; the unit, the adjustment, their sum, the deviation
    assert total() == ["−1 200", "−1 150", "−100", "−1 250", "−50 underskott"]
    assert client.post(panel, {"do": "return", "message": "Se över.", "back": ""}).status_code == 302
    type_in(local, "1010", CellEdit("5", 0, 110_000_000, 1), CellEdit("3", 0, -3_000_000, 0))
    assert total() == ["−1 200", "−1 070 förut −1 150", "−100", "−1 170", "30 överskott"]
    rows = review_table(ROUND, "1010", local)
    for name in ("budget_ore", "actual_ore", "said_ore", "adjusted_ore", "forecast_ore", "handed_in_ore"):
        amounts = [getattr(row.amounts, name) or 0 for row in rows]
        assert sum(amounts[:-1]) == amounts[-1], name


def review_table(round_key: str, unit: str, actor: Actor) -> list[RowView]:
    return list(unit_page(actor, round_key, unit, "").table.rows)


def test_a_unit_with_gaps_is_approved_only_by_whoever_says_so(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    Participant.objects.filter(unit="4220").update(state=WorkState.SUBMITTED.value)
    panel = page_of(client, f"{HOME}granska/4220/")
    assert "N053" in panel
    assert 'name="with_gaps" required' in panel
    for address in (f"{HOME}granska/4220/", f"{HOME}godkann/"):
        seen = seen_in(panel) | seen_in(page_of(client))
        refused = client.post(address, {"do": "approve", "unit": "4220"} | seen)
        assert refused.status_code == 422
        assert "N055" in refused.content.decode()
    assert 'name="with_gaps"' in page_of(client)
    chosen = {"unit": "4220", "with_gaps": "on"} | seen_in(page_of(client))
    assert client.post(f"{HOME}godkann/", chosen).status_code == 302
    assert state_of("4220") is WorkState.APPROVED
    assert 'name="reason"' not in page_of(client)  # 1010 and 3020 are waited for still


def test_consolidating_names_those_it_waits_for_and_goes_through_when_all_are_done(signed_in: SignedIn) -> None:
    client = signed_in(Role.CONTROLLER)
    refused = client.post(f"{HOME}steg/", {"to": "consolidated"})
    assert refused.status_code == 422
    assert refused.content.decode().count("N0") >= 3
    for own in participants(ROUND):
        Participant.objects.filter(unit=own.unit).update(state=WorkState.APPROVED.value)
    unexplained = client.post(f"{HOME}steg/", {"to": "consolidated"})
    assert unexplained.status_code == 422
    assert "N053" in unexplained.content.decode()
    assert client.post(f"{HOME}steg/", {"to": "consolidated", "reason": "Nämnden vet"}).status_code == 302
    assert state_of_round() is State.CONSOLIDATED
    assert client.post(f"{HOME}steg/", {"to": "open"}).status_code == 302
    assert state_of_round() is State.OPEN
    assert client.post(f"{HOME}steg/", {"to": "adopted"}).status_code == 404


def test_an_adopted_round_shows_what_was_adopted_and_asks_for_nothing_more(signed_in: SignedIn, local: Actor) -> None:
    consolidate_round(actor=local, key=ROUND, as_of=DAY)
    assert adopt(actor=local, key=ROUND, as_of=DAY).findings == ()
    client = signed_in(Role.CONTROLLER)
    page, panel = page_of(client), page_of(client, f"{HOME}granska/4220/")
    assert rows_of(page)["4220"][2] == "−2 520"  # what stood handed in, not what was typed after
    assert rows_of(page)["4220"][7:] == ["", "1"]
    assert "Ovan visas siffrorna som de fastställdes" in page
    for dimension, line in (("unit", "4220;Bokföring;unit;10"), ("account", "5;Arbetskraft;group;")):
        register = f"code;name;kind;parent\n{line}\n"
        done = import_register(actor=local, dimension=dimension, content=register.encode(), name="r.csv", as_of=DAY)
        assert not done.is_refused
    assert rows_of(page_of(client)) == rows_of(page)  # nor names and places that came after
    renamed = page_of(client, f"{HOME}granska/4220/")
    assert [word in renamed for word in ("Ekonomi", "Personalkostnader", "Bokföring", "Arbetskraft")] == [
        *(True, True, False, False)
    ]
    assert rows_of(renamed) == rows_of(panel)


def test_rights_in_an_adopted_round_are_todays_whatever_it_was_adopted_with(
    signed_in: SignedIn, local: Actor
) -> None:
    before, after = signed_in(Role.DIRECTOR, "42"), signed_in(Role.DIRECTOR, "10")
    unit = f"{HOME}granska/4220/"
    consolidate_round(actor=local, key=ROUND, as_of=DAY)
    assert adopt(actor=local, key=ROUND, as_of=DAY).findings == ()
    assert [own.get(unit).status_code for own in (before, after)] == [200, 403]
    moved = b"code;name;kind;parent\n4220;Ekonomi;unit;10\n"
    done = import_register(actor=local, dimension="unit", content=moved, name="r.csv", as_of=DAY)
    assert not done.is_refused
    assert [own.get(unit).status_code for own in (before, after)] == [403, 200]


def state_of_round() -> State:
    row = round_row(ROUND)
    assert row
    return row.state


def test_the_page_asks_as_many_questions_of_three_hundred_units_as_of_three(
    signed_in: SignedIn, local: Actor
) -> None:
    client = signed_in(Role.CONTROLLER)
    client.get(HOME)

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    addresses = [HOME, f"{HOME}brygga/?unit=KS", f"{HOME}brygga/?unit=KS&per=konton&fran=foregaende", "/omgangar/"]
    few = [count(address) for address in addresses]
    units = "code;name;kind;parent\n" + "".join(f"N{n};Ny enhet {n};unit;30\n" for n in range(300))
    assert not import_register(
        actor=local, dimension="unit", content=units.encode(), name="u.csv", as_of=DAY
    ).is_refused
    own = Participant.objects.first()
    assert own
    Participant.objects.bulk_create(Participant(round=own.round, unit=f"N{n}") for n in range(300))
    client.get(HOME)  # the new code plan is read into memory
    assert [count(address) for address in addresses] == few
    assert few[0] <= 45
    assert len(rows_of(page_of(client))) > 300


def test_it_tells_how_right_each_unit_has_been_in_years_that_have_ended(signed_in: SignedIn, local: Actor) -> None:
    # of 4220's salaries 2 500 was forecast and 2 400 came, of a budget of 2 000: ±5 per cent, and too much
    budget = (
        "beslut;beslutsdatum;typ;text;period;enhet;konto;belopp\nKs 1;2020-11-23;ursprunglig;B;2021;4220;5;2000000\n"
    )
    assert not import_budget(actor=local, content=budget.encode(), name="b.csv", as_of=DAY).is_refused
    day = date(2021, 8, 31)
    create_round(
        actor=local, key="d2-2021", name="D2", kind=RoundKind.INTERIM, year=2021, cut_off=day, deadline=day, as_of=DAY
    )
    open_round(actor=local, key="d2-2021", as_of=DAY)
    rows = b"enhet;konto;hel\xc3\xa5r\n4220;5;2500000\n"
    taken = import_forecast(
        actor=local,
        round_key="d2-2021",
        content=rows,
        name="f.csv",
        submitted_on=day,
        actuals=relations.actuals_of_round,
    )
    assert not taken.is_refused, taken.findings
    rows_shown = rows_of(page_of(signed_in(Role.CONTROLLER)))
    assert rows_shown["4220"][-1] == "±5,0 % 1 omgång"
    assert rows_shown["1010"][-1] == ""
