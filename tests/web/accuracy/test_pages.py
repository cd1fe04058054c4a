"""The page of accuracy: the small municipality with 2022 ended, as forecast in two rounds."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.web.conftest import PASSWORD, SignedIn, ledger_text, load_municipality
from tests.web.test_browser import CHROMIUM, violations
from uppsikt.audit.actors import WHOLE, Actor, Role
from uppsikt.audit.services import grant_role
from uppsikt.coding.selectors import code_plan
from uppsikt.core.periods import BEGINNING
from uppsikt.forecasting.services import suggest
from uppsikt.ledger.selectors import profiles
from uppsikt.ledger.services import import_file
from uppsikt.planning.models import Forecast

PAGE = "/omgangar/traffsakerhet/"
DAY = date(2023, 1, 20)


def ended(local: Actor, folder: Path) -> None:
    """2022 with all its months; suggestions were made in the second round."""
    load_municipality(local, folder)
    suggest(actor=local, round_key="delar2-2022", as_of=DAY)
    path = folder / "hela-2022.se"
    path.write_text(ledger_text(2022, 12), encoding="cp437")
    import_file(actor=local, path=path, profile=profiles()["sie"], as_of=DAY, replace=True, known=code_plan())


def test_rounds_units_and_groups_are_compared_with_the_year_and_only_to_those_who_read_them(
    local: Actor, tmp_path: Path, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    ended(local, tmp_path)
    client = signed_in(Role.CONTROLLER)
    client.get(PAGE)
    with django_assert_max_num_queries(14):
        page = client.get(PAGE).content.decode()
    assert "Delår 1 2022" in page
    assert '<a href="?unit=4220">4220 Ekonomi</a>' in page
    own = client.get(f"{PAGE}?unit=4220").content.decode()
    assert "5 Personalkostnader" in own
    # 2 640 000 forecast and 2 400 000 came: costs are shown as negative, and the suggestion had been right
    assert "−240 <span" in own
    assert "utfallet blev bättre" in own
    assert "0,0\u00a0%" in own
    assert "mot 240" in own
    assert "nu är det 2." in page  # rounds: too few to call anybody anything
    done = client.post("/omgangar/delar2-2022/forslag/", follow=True)
    assert "0 nya förslag, 3 oförändrade." in done.content.decode()
    manager = signed_in(Role.MANAGER, "4220")
    assert manager.post("/omgangar/delar2-2022/forslag/").status_code == 403
    page = manager.get(PAGE).content.decode()
    assert "4220 Ekonomi" in page
    assert "1010" not in page
    assert manager.get(f"{PAGE}?unit=1010").status_code == 403
    Forecast.objects.filter(kind="suggestion").update(is_current=False)
    page = client.get(PAGE).content.decode()
    assert "Det fanns inga förslag i de här omgångarna" in page
    assert "Förslagets fel" not in page


def test_before_any_year_has_ended_the_page_says_so_in_english_too(municipality: None, signed_in: SignedIn) -> None:
    client = signed_in(Role.READER)
    assert "Inget år med prognoser är avslutat ännu" in client.get(PAGE).content.decode()
    client.post("/sprak/", {"language": "en", "next": PAGE})
    assert "No year with forecasts has ended yet" in client.get(PAGE).content.decode()


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium found: the browser tests are skipped")
@pytest.mark.django_db(transaction=True)
def test_the_page_is_accessible(live_server: Any, chromium: Any, local: Actor, tmp_path: Path) -> None:
    ended(local, tmp_path)
    user = User.objects.create_user("ekonom", password=PASSWORD)
    grant_role(actor=local, user=user, role=Role.CONTROLLER, unit=WHOLE, valid_from=BEGINNING)
    client = Client()
    assert client.login(username="ekonom", password=PASSWORD)
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 400, "height": 800})
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    for address in (PAGE, f"{PAGE}?unit=4220"):
        page.goto(address)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
