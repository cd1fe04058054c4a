"""An administrator's round in a real Chromium: own account, second step, people, log; then in English, narrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User

from tests.web.conftest import PASSWORD
from tests.web.test_accounts_steps import code_for
from tests.web.test_browser import CHROMIUM, violations
from uppsikt.audit.actors import WHOLE, Actor, Role
from uppsikt.audit.services import grant_role
from uppsikt.core.periods import BEGINNING

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium found: the browser tests are skipped"),
    pytest.mark.django_db(transaction=True),
]
PAGES = ("/konto/", "/personer/", "/personer/ny/", "/personer/fil/", "/personer/person/admin/", "/logg/", "/logg/1/")


def test_an_administrator_signs_in_turns_two_steps_on_adds_a_deputy_and_reads_it_in_the_log(
    chromium: Any,
    live_server: Any,
    settings: Any,
    local: Actor,
    tmp_path: Path,
) -> None:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True  # the test has no TLS in front
    user = User.objects.create_user("admin", password=PASSWORD)
    grant_role(actor=local, user=user, role=Role.ADMINISTRATOR, unit=WHOLE, valid_from=BEGINNING)
    context = chromium.new_context(locale="sv-SE", base_url=live_server.url, viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    page, complaints, faults = context.new_page(), [], []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    def look() -> None:
        faults.extend(violations(page))

    page.goto("/konto/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Mitt konto')")
    page.click("a:has-text('Slå på med en app')")
    look()
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("img[src^='data:image/svg']")
    page.fill("#id_code", "000000")
    page.keyboard.press("Enter")
    page.wait_for_selector("#code-error:has-text('W030')")
    look()
    page.fill("#id_code", code_for(page.inner_text("dd code")))
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Reservkoder')")
    look()

    # a key of the browser's own making stands for the one in the USB port
    keys = context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "automaticPresenceSimulation": True}
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto("/konto/nyckel/")
    page.fill("#id_name", "Min nyckel")
    look()
    page.click("#use-key")
    page.wait_for_selector("text=Min nyckel")
    page.click("button:has-text('Logga ut')")
    page.fill("#id_username", "admin")
    page.fill("#id_password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("#use-key")
    look()
    page.click("#use-key")
    page.wait_for_selector(".places")

    page.goto("/personer/ny/")
    page.fill("#name", "anna")
    page.fill("#full_name", "Anna Berg")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Anna Berg')")
    page.select_option("#role", "deputy")
    page.fill("#unit", "*")
    page.fill("#last_day", "2099-07-31")
    page.click("button:has-text('Ge rollen')")
    page.wait_for_selector(".messages >> text=Rollen är given.")

    file = tmp_path / "katalog.csv"
    file.write_text("användarnamn;roll;enhet\nanna;läsare;*\nbertil;kung;*\n", encoding="utf-8")
    page.goto("/personer/fil/")
    page.set_input_files("#file", file)
    page.click("button:has-text('Provläs filen')")
    page.wait_for_selector("[role=alert]")
    look()
    page.goto("/logg/")
    page.click("button:has-text('Kontrollera hela loggen')")
    page.wait_for_selector("text=Kedjan håller")
    look()

    page.set_viewport_size({"width": 320, "height": 700})
    page.click("button:has-text('Meny')")
    page.click("button[lang=en]")
    wide = []
    for address in PAGES:
        page.goto(address)
        look()
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(address)
    context.close()
    assert (faults, wide) == ([], [])
    assert [text for text in complaints if "Failed to load resource" not in text] == []
