"""The log's pages: list, filter, one event, the file, and whether the chain holds."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.audit.test_log import fill
from tests.web.conftest import SignedIn
from uppsikt.audit.actors import Actor, Role
from uppsikt.audit.models import Event
from uppsikt.audit.services import record, verify_chain
from uppsikt.core.language import in_alphabet
from uppsikt.web.log.payloads import payload_nodes

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(signed_in: SignedIn) -> Client:
    client = signed_in(Role.AUDITOR, name="revisor")
    Event.objects.all().delete()
    return client


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_list_shows_the_newest_and_leads_on_to_the_older(auditor: Client, local: Actor) -> None:
    fill(120)
    first = text(auditor, "/logg/?actor=anna")
    assert 'href="/logg/119/"' in first
    assert 'href="/logg/120/"' not in first
    assert "sparade prognosceller" in first
    for verb in ("add-user", "change-role", "adopt-report"):
        record(actor=local, verb=verb, target="round:x", payload={})
    labels = re.findall(r"<option value=\"[a-z-]+\">([^<]+)", text(auditor, "/logg/"))
    assert labels[-1] == "ändrade en rolls tid"
    assert labels == sorted(labels, key=in_alphabet)
    assert "/logg/?actor=anna&amp;before=21" in first
    last = text(auditor, "/logg/?actor=anna&before=21")
    assert 'href="/logg/1/"' in last
    assert "Äldre" not in last


def test_a_long_log_costs_no_more_than_a_short_one(auditor: Client, django_assert_num_queries: Any) -> None:
    for count in (10, 300):
        Event.objects.all().delete()
        fill(count)
        # session, person, roles; events, verbs
        with django_assert_num_queries(5):
            auditor.get("/logg/?target=unit")


def test_an_event_opens_to_words_and_its_seal(auditor: Client, local: Actor) -> None:
    with transaction.atomic():
        payload = {"role": "manager", "unit": "4220", "to": "9999-12-31", "amount_ore": -1200050, "cells": [["5", 1]]}
        made = record(actor=local, verb="grant-role", target="user:1", payload=payload)
    page = text(auditor, f"/logg/{made.sequence}/")
    for shown in ("gav en roll", "Roll:", "chef", "tills vidare", "−12\u202f000,50", made.content_hash, "hel</span>"):
        assert shown in page, shown
    assert "W038" in text(auditor, "/logg/999999/")


_SECTION = {"section_state": "done", "version": 2, "lifted_out": False, "responsible": "chef", "due_on": "2022-09-27"}


def test_states_and_rows_of_amounts_are_said_as_the_pages_say_them(local: Actor, auditor: Client) -> None:
    told = {
        ("change-round-state", "round:a"): {"from": "adopted", "to": "open", "reason": "Fel"},
        ("submit-unit", "round:a/4220"): {"from": "in-progress", "to": "submitted"},
        ("change-section-state", "report:a/b"): {"from": "writing", "to": "done", "sections": {"b": _SECTION}},
        ("save-cells", "round:a/4220"): {"cells": [["5", 0, 6750000000, 6700000000], ["3", 202209, None, -150]]},
        ("submit-forecast", "round:a"): {"kind": "adjustment", "forecasts": [[7, "KS", "7", 0, 200000000, None]]},
        ("save-explanation", "round:a/4220"): {"after": ["Hyra", "", -500_00, "", None]},
        ("adopt-savings", "savings:a"): {"parts_ore": {"2022": 400000000}},
    }  # fmt: skip
    with transaction.atomic():
        made = [record(actor=local, verb=verb, target=to, payload=payload) for (verb, to), payload in told.items()]
    pages = [" ".join(text(auditor, f"/logg/{event.sequence}/").partition("<details")[0].split()) for event in made]
    wanted = (
        ("fastställd", "öppen"),
        ("påbörjad", "lämnad"),
        ("skrivs", "klart", "Läge:</span> klart", "Bortlyft:</span> nej", "Ansvarig:</span> chef", "2022-09-27"),
        ("Konto 5, helår: från −67 500 000,00 kr till −67 000 000,00 kr", "Konto 3, 2022-09: från – till 1,50 kr"),
        ("central justering", "Enhet KS, konto 7: helår −2 000 000,00 kr (utfall 0,00 kr, resten −2 000 000,00 kr)"),
        ("Orsak:</span> Hyra", "effekt i år:</span> 500,00 kr"),
        ("2022:</span> 4 000 000,00 kr",),
    )
    for page, words in zip(pages, wanted, strict=True):
        plain = page.replace("\u202f", " ").replace("\u00a0", " ")
        assert all(word in plain for word in words), (words, plain)
    answer = auditor.get("/logg/logg.csv?verb=change-round-state")
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[0].endswith("Nummer;Tidpunkt;Vem;Verb (nyckel);Föremål (nyckel);Innehåll (JSON);"
                             "Den förres försegling;Försegling;Vad som gjordes;Vad det gällde")  # fmt: skip
    assert lines[1].endswith(";öppnade en omgång;omgång a")


def test_a_day_that_is_none_is_told(auditor: Client) -> None:
    answer = auditor.get("/logg/?since=2022-13-01")
    assert answer.status_code == 422
    assert "A008" in answer.content.decode()


def test_the_file_streams_what_the_list_shows_and_says_so_in_the_log(auditor: Client) -> None:
    fill(4)
    answer = auditor.get("/logg/logg.jsonl?verb=sign-in")
    rows = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]  # type: ignore[attr-defined]
    assert [row["sequence"] for row in rows] == [2, 4]
    last = Event.objects.order_by("sequence").last()
    assert last
    assert (last.actor, last.verb) == ("revisor", "export-log")
    assert auditor.get("/logg/logg.pdf").status_code == 404


def test_the_button_says_that_the_chain_holds_and_where_it_does_not(auditor: Client) -> None:
    fill(5)
    whole = auditor.post("/logg/kontroll/").content.decode()
    head = Event.objects.order_by("sequence").last()
    assert head
    assert ("Kedjan håller" in whole, head.content_hash in whole) == (True, True)
    Event.objects.filter(sequence=3).update(payload='{"a":"b"}')
    broken = auditor.post("/logg/kontroll/").content.decode()
    assert ("A001" in broken, "händelse 3" in broken) == (True, True)
    assert "raden har ändrats" in text(auditor, "/logg/3/")
    Event.objects.filter(sequence=3).delete()
    assert [finding.facts["sequence"] for finding in verify_chain()] == [4]
    assert "följer inte på den före" in text(auditor, "/logg/4/")


def test_a_long_payload_is_cut_and_a_broken_one_shown_as_it_is() -> None:
    nodes = payload_nodes(json.dumps({"added": {str(number): {"name": "x"} for number in range(100)}}))
    assert len(nodes[0].under) == 61
    assert "40" in nodes[0].under[-1].value
    assert payload_nodes("{trasig")[0].value == "{trasig"
    assert payload_nodes("{}") == ()
    assert payload_nodes('{"method":"password+mfa"}')[0].value == "lösenord + kod"
