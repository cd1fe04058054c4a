"""Control characters in what is sent: in addresses, fields and files, on every database."""

from __future__ import annotations

import base64

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.web.conftest import PASSWORD, SignedIn
from uppsikt.audit.actors import Role

pytestmark = pytest.mark.usefixtures("municipality")

NUL = "%00"


@pytest.mark.parametrize(
    "address",
    [
        f"/rapporter/abcdef012345{NUL}/",
        f"/omgangar/delar2-2022/enheter/40{NUL}/",
        "/uppstallningar/netto%1bredovisning/",
        f"/{NUL}",
    ],
)
def test_no_page_has_an_address_with_control_characters(signed_in: SignedIn, address: str) -> None:
    assert signed_in(Role.ADMINISTRATOR).get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/uppstallningar/nettoredovisning/?round=delar2-2022%00&unit=%0040",
        "/uppstallningar/?round=%00delar2-2022",
        "/logg/?verb=open%00-round&actor=%00&%00=1",
        "/organisation/?datum=%00",
        "/personer/?q=%00",
        "/omgangar/delar2-2022/?sort=%00&enhet=%0040",
    ],
)
def test_a_nul_in_a_field_of_the_address_is_as_if_it_were_not_there(signed_in: SignedIn, address: str) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    with_nul, without = client.get(address), client.get(address.replace(NUL, ""))
    assert with_nul.status_code == without.status_code < 500


def test_what_is_written_in_forms_is_kept_without_what_is_no_writing(signed_in: SignedIn) -> None:
    form = {"name": "ny\0", "full_name": "Eva\0 \x1bNord", "email": "eva@example.org\0"}
    response = signed_in(Role.ADMINISTRATOR).post("/personer/ny/", form)
    assert response.status_code == 302, response.content.decode()
    kept = User.objects.get(username="ny")
    assert (kept.get_full_name(), kept.email) == ("Eva Nord", "eva@example.org")


@pytest.mark.parametrize("name", ["anna\0", "an\x1bna"])
def test_a_program_whose_name_holds_control_characters_is_nobody(signed_in: SignedIn, name: str) -> None:
    header = base64.b64encode(f"{name}:{PASSWORD}".encode()).decode()
    sent = {"data": b"", "content_type": "text/html", "headers": {"Authorization": f"Basic {header}"}}
    assert Client().post("/granska/svar.json?name=a.html", **sent).status_code == 401
