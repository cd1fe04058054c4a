"""Sign-in by the municipality's accounts: a real OpenID Connect provider on loopback; SAML with a signed answer."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import subprocess
import sys
import time
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers import registry
from django.contrib.auth.models import User
from django.test import Client

from uppsikt.audit.models import Event
from uppsikt.audit.services import verify_chain
from uppsikt.web.accounts.oidc import Provider

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        find_spec("oidc_provider_mock") is None,
        reason="no OpenID Connect provider is installed: the tests of sign-in by provider are skipped",
    ),
]
PEOPLE = {
    "k-anna": {"email": "Anna.Berg@kommunen.se", "email_verified": True, "preferred_username": "anna"},
    "k-bertil": {"email": "bertil@kommunen.se", "email_verified": False, "name": "Bertil Ek"},
    "k-okand": {"email": "okand@kommunen.se", "email_verified": True, "name": "Okänd Person"},
}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A provider in a process of its own; it refuses whoever sends no nonce."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    claims = [f"--user-claims={json.dumps({'sub': key, **said})}" for key, said in PEOPLE.items()]
    command = [sys.executable, "-m", "oidc_provider_mock", f"--port={port}", "--require-nonce=true", *claims]
    provider = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 30
    while not _answers(address) and provider.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    yield address
    provider.terminate()
    provider.wait(10)


def _answers(address: str) -> bool:
    try:
        return requests.get(f"{address}/.well-known/openid-configuration", timeout=5).ok
    except requests.ConnectionError:
        return False


@pytest.fixture
def offered(issuer: str, settings: Any) -> Any:
    """The provider in the settings, as the environment would have it."""
    _offer(settings, issuer)
    return settings


def _offer(settings: Any, issuer: str) -> None:
    registry.register(Provider)
    app = {
        "provider_id": "kommunen",
        "name": "Kommunkontot",
        "client_id": "uppsikt",
        "secret": "hemligt",
        "settings": {"server_url": issuer, "oauth_pkce_enabled": True, "verified_email": False},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


@pytest.fixture
def anna(db: None) -> User:
    return User.objects.create_user("anna", email="anna.berg@kommunen.se")


def ask(client: Client, where: str = "") -> tuple[str, dict[str, list[str]]]:
    """Follow the link of the sign-in page; the provider's address and what it is asked."""
    page = client.get(f"/logga-in/?next={where}" if where else "/logga-in/").content.decode()
    assert "Logga in med Kommunkontot" in page
    sent = client.get(f"/logga-in/med/oidc/?next={where}")["Location"]
    return sent, parse_qs(urlsplit(sent).query)


def come_back(client: Client, sent: str, person: str, **form: str) -> Any:
    """Sign in at the provider as a person; our answer to what it sends the browser back with."""
    answer = requests.post(sent, data={"sub": person, **form}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    assert (back.netloc, back.path) == ("testserver", "/logga-in/oidc/kommunen/")
    return client.get(f"{back.path}?{back.query}")


def signed_in(client: Client) -> str:
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key).username if key else ""


def test_the_whole_way_to_the_provider_and_back_with_pkce_and_a_nonce(
    client: Client, anna: User, offered: Any
) -> None:
    sent, asked = ask(client, "/hjalp/koder/")
    assert asked["redirect_uri"] == ["http://testserver/logga-in/oidc/kommunen/"]
    assert (asked["response_type"], asked["code_challenge_method"]) == (["code"], ["S256"])
    [(state, _, _)] = client.session["socialaccount_states"].values()
    digest = hashlib.sha256(state["pkce_code_verifier"].encode()).digest()
    assert asked["code_challenge"] == [base64.urlsafe_b64encode(digest).rstrip(b"=").decode()]
    assert asked["nonce"] == [state["nonce"]]
    assert come_back(client, sent, "k-anna")["Location"] == "/hjalp/koder/"
    assert signed_in(client) == "anna"
    events = [(event.verb, event.target, event.payload) for event in Event.objects.all()]
    assert events == [("sign-in", f"user:{anna.pk}", '{"method":"socialaccount"}')]
    assert verify_chain() == []


def test_whoever_came_once_is_known_by_the_providers_own_key(client: Client, anna: User, offered: Any) -> None:
    come_back(client, ask(client)[0], "k-anna")
    User.objects.filter(pk=anna.pk).update(email="anna.lind@kommunen.se")
    again = Client()
    come_back(again, ask(again)[0], "k-anna")
    assert signed_in(again) == "anna"
    kept = SocialAccount.objects.get()
    assert (kept.user_id, kept.uid, kept.extra_data) == (anna.pk, "k-anna", {})  # nothing else of what was said


@pytest.mark.parametrize(("person", "code"), [("k-bertil", "W036"), ("k-okand", "W032")])
def test_whoever_is_unknown_or_unproven_is_refused_and_told_what_to_do(
    client: Client, anna: User, offered: Any, person: str, code: str
) -> None:
    User.objects.create_user("bertil", email="bertil@kommunen.se")
    refused = come_back(client, ask(client)[0], person)
    assert (refused.status_code, signed_in(client)) == (403, "")
    assert f"<p>{code} " in refused.content.decode()
    assert not SocialAccount.objects.exists()
    assert [event.verb for event in Event.objects.all()] == ["fail-sign-in"]


def test_a_stranger_gets_an_account_without_roles_where_the_settings_say_so(client: Client, offered: Any) -> None:
    offered.CREATE_UNKNOWN_PEOPLE = True
    come_back(client, ask(client)[0], "k-okand")
    assert signed_in(client) == "okand@kommunen.se"
    user = User.objects.get()
    assert (user.get_full_name(), user.email, user.has_usable_password()) == (
        "Okänd Person",
        "okand@kommunen.se",
        False,
    )
    assert client.get("/organisation/").status_code == 403
    assert client.get("/konto/").status_code == 200


def test_people_may_be_known_by_an_agreed_claim_instead(client: Client, offered: Any) -> None:
    User.objects.create_user("anna")  # no address at all
    offered.SIGN_IN_CLAIMS = {"openid_connect": "preferred_username"}
    come_back(client, ask(client)[0], "k-anna")
    assert signed_in(client) == "anna"


def test_the_providers_sign_in_counts_as_two_steps(client: Client, anna: User, offered: Any, local: Any) -> None:
    from uppsikt.audit.actors import WHOLE, Role
    from uppsikt.audit.services import grant_role
    from uppsikt.core.periods import BEGINNING

    grant_role(actor=local, user=anna, role=Role.CONTROLLER, unit=WHOLE, valid_from=BEGINNING)
    offered.REQUIRE_MFA = frozenset({"controller"})
    come_back(client, ask(client)[0], "k-anna")
    assert client.get("/organisation/").status_code == 200


def test_a_closed_account_stays_closed_whoever_vouches(client: Client, anna: User, offered: Any) -> None:
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert "W034" in come_back(client, ask(client)[0], "k-anna").content.decode()
    User.objects.filter(pk=anna.pk).update(is_active=True)
    come_back(client, ask(client)[0], "k-anna")
    client.logout()
    User.objects.filter(pk=anna.pk).update(is_active=False)  # now known by the provider's key
    assert "W034" in come_back(client, ask(client)[0], "k-anna").content.decode()
    assert signed_in(client) == ""


def test_an_answer_to_somebody_elses_question_is_no_way_in(client: Client, anna: User, offered: Any) -> None:
    other = Client()
    ask(client)
    foreign = come_back(client, ask(other)[0], "k-anna")  # the state is another browser's
    assert ("W033" in foreign.content.decode(), signed_in(client)) == (True, "")
    sent, _ = ask(client)
    replayed = come_back(client, sent.replace("nonce=", "nonce=x"), "k-anna")
    assert ("W033" in replayed.content.decode(), signed_in(client)) == (True, "")


def test_saying_no_at_the_provider_and_a_provider_that_is_gone_are_told(
    client: Client, anna: User, offered: Any
) -> None:
    assert "W033" in come_back(client, ask(client)[0], "k-anna", action="deny").content.decode()
    _offer(offered, "http://127.0.0.1:9")
    assert "W033" in client.get("/logga-in/med/oidc/").content.decode()


def test_without_a_provider_in_the_settings_there_is_none(client: Client, db: None) -> None:
    assert "Logga in med" not in client.get("/logga-in/").content.decode()
    for address in ("med/oidc/", "med/saml/", "oidc/kommunen/", "saml/kommunen/metadata/", "saml/kommunen/acs/"):
        assert client.get(f"/logga-in/{address}").status_code == 404


IDP = "https://idp.kommunen.se/metadata"
ACS = "http://testserver/logga-in/saml/kommunen/acs/"
METADATA = """<?xml version="1.0"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{idp}">
 <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
  <KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>
   <X509Certificate>{certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
  <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
   Location="https://idp.kommunen.se/sso"/>
 </IDPSSODescriptor>
</EntityDescriptor>"""
RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
 xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r1" Version="2.0" IssueInstant="{now}"
 Destination="{acs}" InResponseTo="{question}"><saml:Issuer>{idp}</saml:Issuer>
<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
<saml:Assertion ID="_a1" Version="2.0" IssueInstant="{now}"><saml:Issuer>{idp}</saml:Issuer>
<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">k-anna</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
 NotOnOrAfter="{later}" Recipient="{acs}" InResponseTo="{question}"/></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{before}" NotOnOrAfter="{later}"><saml:AudienceRestriction>
<saml:Audience>{sp}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{now}"><saml:AuthnContext><saml:AuthnContextClassRef
>urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
<saml:AttributeStatement><saml:Attribute Name="urn:oid:0.9.2342.19200300.100.1.3"><saml:AttributeValue
>anna.berg@kommunen.se</saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>"""


@pytest.fixture(scope="module")
def key_and_certificate() -> tuple[str, str]:
    """The SAML provider's key and certificate, made for the test."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.x509.oid import NameOID

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.kommunen.se")])
    now = datetime.now(UTC)
    building = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    building = building.serial_number(1).not_valid_before(now - timedelta(days=1))
    certificate = building.not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())
    form = serialization.PrivateFormat.TraditionalOpenSSL
    secret = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    return secret.decode(), certificate.public_bytes(serialization.Encoding.PEM).decode()


def saml_answer(question: str, secret: str, certificate: str) -> str:
    from onelogin.saml2.utils import OneLogin_Saml2_Utils

    now = datetime.now(UTC)
    stamp = "%Y-%m-%dT%H:%M:%SZ"
    text = RESPONSE.format(
        acs=ACS,
        idp=IDP,
        sp="http://testserver/logga-in/saml/kommunen/metadata/",
        question=question,
        now=now.strftime(stamp),
        before=(now - timedelta(minutes=5)).strftime(stamp),
        later=(now + timedelta(minutes=5)).strftime(stamp),
    )
    return base64.b64encode(OneLogin_Saml2_Utils.add_sign(text, secret, certificate)).decode()


def test_saml_by_the_providers_metadata_and_its_signed_answer(
    anna: User, settings: Any, tmp_path: Path, key_and_certificate: tuple[str, str]
) -> None:
    client = Client(headers={"host": "testserver"})  # as browsers say it, and this library wants it
    pytest.importorskip("onelogin", reason="the extra saml is not installed: its test is skipped")
    from allauth.socialaccount.providers.saml.provider import SAMLProvider

    from uppsikt.settings import _saml

    registry.register(SAMLProvider)
    secret, certificate = key_and_certificate
    file = tmp_path / "idp.xml"
    body = "".join(line for line in certificate.splitlines() if "CERTIFICATE" not in line)
    file.write_text(METADATA.format(idp=IDP, certificate=body))
    settings.SOCIALACCOUNT_PROVIDERS = {"saml": {"APPS": [_saml(str(file))]}}
    assert ACS in client.get("/logga-in/saml/kommunen/metadata/").content.decode()

    sent = client.get("/logga-in/med/saml/?next=/konto/")["Location"]
    assert sent.startswith("https://idp.kommunen.se/sso?")
    asked = zlib.decompress(base64.b64decode(parse_qs(urlsplit(sent).query)["SAMLRequest"][0]), -15).decode()
    assert ACS in asked
    question = asked.partition('ID="')[2].partition('"')[0]

    forged = saml_answer(question, secret, certificate)
    broken = base64.b64encode(base64.b64decode(forged).replace(b"anna.berg@", b"okand@"))
    for answer, name in ((broken.decode(), ""), (forged, "anna")):
        taken = client.post("/logga-in/saml/kommunen/acs/", {"SAMLResponse": answer})
        done = client.get(taken["Location"])
        assert signed_in(client) == name
    assert done["Location"] == "/konto/"
    assert [event.verb for event in Event.objects.all()] == ["fail-sign-in", "sign-in"]
