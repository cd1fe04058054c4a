"""Who may open what: each person of the demonstration at each door, the open ones beside the closed."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver

from tests.kept import lay_out
from tests.web.conftest import RECIPE, SignedIn, load_reorganised
from tests.web.money import KEY, PERIOD, RULE, decided
from uppsikt.adoption.reading import figure_desk
from uppsikt.audit.actors import WHOLE, Actor, Role
from uppsikt.audit.models import Event
from uppsikt.ledger.selectors import active_batches
from uppsikt.reports.selectors import editions
from uppsikt.reports.services import build_report, save_statement
from uppsikt.reports.writing.texts import take_in
from uppsikt.savings.selectors import assignment
from uppsikt.web.actors import today

PEOPLE = {
    "ekonom": (Role.CONTROLLER, WHOLE),
    "chef": (Role.MANAGER, "4220"),
    "direktor": (Role.DIRECTOR, "KS"),
    "lasare": (Role.READER, WHOLE),
    "revisor": (Role.AUDITOR, WHOLE),
    "admin": (Role.ADMINISTRATOR, WHOLE),
}
EVERYBODY = "ekonom chef direktor lasare revisor admin"
WHOLE_READERS = "ekonom lasare revisor admin"
ALL_BUT_MANAGER = "ekonom direktor lasare revisor admin"
REGISTER_KEEPERS = "ekonom admin"
FORECASTERS = "ekonom chef direktor admin"
BUILDERS = "ekonom direktor admin"

# a statement of Kommunstyrelsen's own: it follows no unit, whatever the address says
OWN_STATEMENT = """key: egen
title: {sv: Egen, en: Own}
base: {unit: KS, account: 3..9}
rows:
  - {key: forvaltningen, label: {sv: Förvaltningen, en: Administration}, unit: "40"}
  - {key: ovrigt, label: {sv: Övrigt, en: Other}, unit: ["10", "20", "30"]}
  - {key: summa, label: {sv: Summa, en: Total}, sum: rows above}
columns:
  - {key: budget, label: {sv: Budget, en: Budget}, scenario: budget}
"""
TABLE = "/uppstallningar/kontogrupper/"
FIGURE = "siffra/?row=nettokostnad&figure=utfall"

QUESTIONS = 40  # of the database, whatever the page and however much it shows (each room tries that they don't grow)

PAGES = {
    "/": EVERYBODY,
    "/?unit=4220": EVERYBODY,
    "/?unit=42": ALL_BUT_MANAGER,
    "/?unit=1010": ALL_BUT_MANAGER,
    "/uppstallningar/": EVERYBODY,
    TABLE: EVERYBODY,
    f"{TABLE}?unit=4220": EVERYBODY,
    f"{TABLE}?unit=42": ALL_BUT_MANAGER,
    f"{TABLE}?unit=1010": ALL_BUT_MANAGER,
    f"{TABLE}?unit=1010&structure=2022-08-31": ALL_BUT_MANAGER,  # the cut-off
    f"{TABLE}?unit=1010&structure=2022-01-01": WHOLE_READERS,  # holds what others answer for
    f"{TABLE}{FIGURE}&unit=1010&structure=2022-01-01": WHOLE_READERS,
    f"{TABLE}?unit=1010&round=delar1-2022": ALL_BUT_MANAGER,
    f"{TABLE}?unit=4220&draft={{draft}}": REGISTER_KEEPERS,
    f"{TABLE}{FIGURE}&unit=4220&draft={{draft}}": REGISTER_KEEPERS,
    f"{TABLE}brygga/": EVERYBODY,
    f"{TABLE}brygga/?unit=4220&structure=2022-08-31": EVERYBODY,
    f"{TABLE}brygga/?unit=1010&structure=2022-08-31": ALL_BUT_MANAGER,
    f"{TABLE}brygga/?unit=1010&structure=2022-07-01": WHOLE_READERS,
    f"{TABLE}brygga/?unit=4220&draft={{draft}}": REGISTER_KEEPERS,
    f"{TABLE}brygga/fil.csv?unit=4220": EVERYBODY,
    f"{TABLE}brygga/fil.xlsx?unit=1010": ALL_BUT_MANAGER,
    f"{TABLE}brygga/fil.csv?unit=4220&draft={{draft}}": REGISTER_KEEPERS,
    f"{TABLE}fil.csv?unit=4220": EVERYBODY,
    f"{TABLE}fil.csv?unit=KS": ALL_BUT_MANAGER,
    f"{TABLE}fil.xlsx?unit=1010": ALL_BUT_MANAGER,
    f"{TABLE}{FIGURE}": WHOLE_READERS,
    f"{TABLE}{FIGURE}&unit=4220&by=vouchers": EVERYBODY,
    f"{TABLE}{FIGURE}&unit=1010&by=vouchers": ALL_BUT_MANAGER,
    f"{TABLE}{FIGURE}&unit=KS&by=sources": ALL_BUT_MANAGER,
    "/uppstallningar/egen/": ALL_BUT_MANAGER,
    "/uppstallningar/egen/?unit=4220": ALL_BUT_MANAGER,
    "/uppstallningar/egen/fil.csv?unit=4220": ALL_BUT_MANAGER,
    "/uppstallningar/egen/siffra/?row=summa&figure=budget&unit=4220": ALL_BUT_MANAGER,
    "/organisation/": EVERYBODY,
    "/organisation/?dimension=account&hierarchy=reporting&day=2022-07-01&q=lon": EVERYBODY,
    "/organisation/?draft={draft}": REGISTER_KEEPERS,
    "/organisation/kod/4290/": EVERYBODY,
    "/organisation/jamfor/": EVERYBODY,
    "/organisation/jamfor/?draft={draft}": REGISTER_KEEPERS,
    "/organisation/jamfor/?draft_from={draft}": REGISTER_KEEPERS,
    "/organisation/andringar/": EVERYBODY,
    "/organisation/andringar/{adopted}/": EVERYBODY,
    "/organisation/andringar/{draft}/": REGISTER_KEEPERS,
    "/organisation/andringar/handelser.csv": REGISTER_KEEPERS,
    "/organisation/andringar/{adopted}/handelser.xlsx": REGISTER_KEEPERS,
    "/organisation/andringar/{draft}/budget.csv": REGISTER_KEEPERS,
    "/organisation/utkast/": REGISTER_KEEPERS,
    "/organisation/utkast/koder/?dimension=unit&q=42": REGISTER_KEEPERS,
    "/organisation/utkast/{draft}/": REGISTER_KEEPERS,
    "/effektivisering/": EVERYBODY,
    "/effektivisering/ny/": REGISTER_KEEPERS,
    "/effektivisering/{assignment}/": EVERYBODY,
    "/effektivisering/{assignment}/fordela/": REGISTER_KEEPERS,
    "/effektivisering/{assignment}/plan/": REGISTER_KEEPERS,
    "/effektivisering/{assignment}/aterta/{entry}/": REGISTER_KEEPERS,
    "/effektivisering/{assignment}/nasta-ar/2022/": REGISTER_KEEPERS,
    "/overforing/": EVERYBODY,
    "/overforing/ny/": REGISTER_KEEPERS,
    "/overforing/{period}/resultat/": REGISTER_KEEPERS,
    "/reglering/": EVERYBODY,
    "/reglering/regel/": REGISTER_KEEPERS,
    "/reglering/regel/{rule}/avsluta/": REGISTER_KEEPERS,
    "/inlasning/": FORECASTERS,
    "/inlasning/huvudbok/": REGISTER_KEEPERS,
    "/inlasning/budget/": REGISTER_KEEPERS,
    "/inlasning/prognos/": FORECASTERS,
    "/inlasning/uppgifter/": REGISTER_KEEPERS,
    "/inlasning/register/": REGISTER_KEEPERS,
    "/inlasning/omorganisation/": REGISTER_KEEPERS,
    "/inlasning/register/unit.csv": REGISTER_KEEPERS,
    "/inlasning/register/account.xlsx": REGISTER_KEEPERS,
    "/inlasning/inlast/{batch}/": WHOLE_READERS,
    "/omgangar/": EVERYBODY,
    "/omgangar/ny/": REGISTER_KEEPERS,
    "/omgangar/delar2-2022/": BUILDERS,
    "/omgangar/delar2-2022/lage/": BUILDERS,
    "/omgangar/delar2-2022/granska/1010/": BUILDERS,
    "/omgangar/delar2-2022/brygga/?unit=10": BUILDERS,
    "/omgangar/delar2-2022/justeringar/": BUILDERS,
    "/omgangar/delar2-2022/prognoser/": BUILDERS,
    "/omgangar/delar2-2022/prognoser.xlsx": BUILDERS,
    "/omgangar/delar2-2022/installning/": REGISTER_KEEPERS,
    "/omgangar/delar2-2022/paminn/": REGISTER_KEEPERS,
    "/omgangar/delar2-2022/kalender.ics": EVERYBODY,
    "/omgangar/traffsakerhet/": EVERYBODY,
    "/omgangar/traffsakerhet/?unit=4220": EVERYBODY,
    "/omgangar/traffsakerhet/?unit=1010": ALL_BUT_MANAGER,
    "/omgangar/mina/": EVERYBODY,
    "/omgangar/delar2-2022/enhet/4220/": EVERYBODY,
    "/omgangar/delar2-2022/enhet/4220/celler/": EVERYBODY,
    "/omgangar/delar2-2022/enhet/1010/": ALL_BUT_MANAGER,
    "/omgangar/delar2-2022/enhet/1010/celler/": ALL_BUT_MANAGER,
    "/rapporter/": EVERYBODY,
    "/rapporter/{edition}/": ALL_BUT_MANAGER,
    "/rapporter/{edition}/tabeller.xlsx": ALL_BUT_MANAGER,
    "/rapporter/{edition}/offentliggor/": "direktor admin",
    "/rapporter/prov/skriv/": BUILDERS,
    "/rapporter/prov/skriv/-/siffror/?q=budget": BUILDERS,
    "/rapporter/prov/skriv/laget/": BUILDERS,
    "/rapporter/prov/skriv/laget/historik/": BUILDERS,
    "/rapporter/prov/skriv/laget/kopia.docx": BUILDERS,
    "/granska/": EVERYBODY,
    "/konto/": EVERYBODY,
    "/logg/": "revisor admin",
    "/logg/{event}/": "revisor admin",
    "/logg/logg.csv": "revisor admin",
    "/personer/": "admin",
    "/personer/ny/": "admin",
    "/personer/fil/": "admin",
    "/personer/personer.csv": "admin",
    "/personer/person/chef/": "admin",
    "/omgangar/delar2-2022/faststall/": EVERYBODY,
    "/hjalp/koder/": EVERYBODY,
    "/hjalp/koder/W001/": EVERYBODY,
    "/hjalp/tillganglighet/": EVERYBODY,
}
# doors that show nobody's figures (sign-in, the language), show a file to whoever brought it (a dry run, a check),
# are for programs that sign in by header, or are posts: they have tests of their own
ELSEWHERE = {
    "round-approve",
    "round-changes",
    "round-dry-run",
    "round-step",
    "round-suggest",
    "login",
    "account_login",
    "provider",
    "openid_connect_callback",
    "saml_acs",
    "saml_finish_acs",
    "saml_sls",
    "saml_metadata",
    "logout",
    "language",
    "account-password",
    "log-verify",
    "people-dry-run",
    "person-role",
    "person-role-change",
    "person-switch",
    "person-password",
    "person-steps",
    "account_reauthenticate",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "import-dry-run",
    "check-report",
    "check-file",
    "check-answer-json",
    "check-answer-sarif",
    "report-build",
    "report-section-preview",
    "report-section-draft",
    "report-section-state",
    "report-section-place",
    "report-section-comment",
    "organisation-adopt",
    "settlement-settle",
    "settlement-take-back",
    "organisation-annul",
    "organisation-discard",
    "forecast-answer",
    "forecast-comments",
    "forecast-explanation",
    "forecast-settle",
}


@pytest.fixture
def people(addresses: dict[str, str], signed_in: SignedIn) -> dict[str, Client]:
    return {name: signed_in(role, unit, name) for name, (role, unit) in PEOPLE.items()}


@pytest.fixture
def addresses(db: None, local: Actor, home: Path) -> dict[str, str]:
    """What the braces stand for: a batch, reorganisations, and an edition of a report on KS."""
    return lay_out("matrix", lambda: _made(local, home))


def _made(local: Actor, home: Path) -> dict[str, str]:
    adopted, draft = load_reorganised(local, home)
    decided(local)
    folder = home / "report-texts" / "prov"
    folder.mkdir(parents=True)
    (folder / "report.yaml").write_text(RECIPE, encoding="utf-8")
    (folder / "01-lage.md").write_text("# Läget\n\nText.\n", encoding="utf-8")
    assert save_statement(actor=local, content=OWN_STATEMENT, name="egen.yaml", as_of=today())[0] == "egen"
    with figure_desk() as desk:
        built = build_report(actor=local, folder=folder, source=desk, as_of=today(), formats=["xlsx"])
    assert built.edition, built.findings
    assert take_in(actor=local, folder=folder, as_of=today()).findings == []
    return {
        "assignment": KEY,
        "entry": str(assignment(KEY).entries[-1].id),
        "period": PERIOD,
        "rule": RULE,
        "batch": active_batches()[0].content_hash,
        "event": str(Event.objects.earliest("sequence").sequence),
        "edition": built.edition.content_hash,
        "adopted": adopted,
        "draft": draft,
    }


def test_each_page_opens_for_those_it_is_for_and_for_nobody_else_and_asks_the_database_a_bounded_number_of_times(
    people: dict[str, Client], addresses: dict[str, str]
) -> None:
    expected = {(page, name): 200 if name in who.split() else 403 for page, who in PAGES.items() for name in PEOPLE}
    actual, asked = {}, {}
    for page, name in expected:
        with CaptureQueriesContext(connection) as queries:
            actual[page, name] = people[name].get(page.format(**addresses)).status_code
        asked[page, name] = len(queries)
    assert {key: status for key, status in actual.items() if status != expected[key]} == {}
    assert {key: count for key, count in asked.items() if count > QUESTIONS} == {}


def test_nothing_but_sign_in_and_the_accessibility_statement_opens_for_whoever_is_not_signed_in(
    addresses: dict[str, str],
) -> None:
    stranger = Client()
    opened = {page for page in PAGES if stranger.get(page.format(**addresses)).status_code != 302}
    assert opened == {"/hjalp/tillganglighet/"}


def test_a_person_without_a_role_sees_help_and_their_own_account_and_nothing_else(
    signed_in: SignedIn, addresses: dict[str, str]
) -> None:
    nobody = signed_in(None, name="ny")
    opened = {page for page in PAGES if nobody.get(page.format(**addresses)).status_code == 200}
    assert opened == {page for page in PAGES if page.startswith(("/hjalp/", "/konto/"))}


@pytest.mark.parametrize("name", PEOPLE)
def test_a_report_is_built_by_those_who_may_and_by_nobody_else(
    people: dict[str, Client], addresses: dict[str, str], name: str
) -> None:
    before = len(editions())
    status = people[name].post("/rapporter/bygg/", {"report": "prov"}).status_code
    assert status == (302 if name in BUILDERS.split() else 403)
    assert len(editions()) == before  # the same content again is the same edition


@pytest.mark.parametrize("report", ["trasig", "finns-inte"])
def test_whoever_may_not_build_learns_nothing_by_trying(
    people: dict[str, Client], addresses: dict[str, str], home: Path, report: str
) -> None:
    folder = home / "report-texts" / "trasig"
    folder.mkdir()
    (folder / "report.yaml").write_text("title: Halv\n", encoding="utf-8")
    assert people["chef"].post("/rapporter/bygg/", {"report": report}).status_code == 403
    assert people["ekonom"].post("/rapporter/bygg/", {"report": report}).status_code in (404, 422)


def test_the_list_of_statements_offers_what_opens(people: dict[str, Client], addresses: dict[str, str]) -> None:
    offered = {name: people[name].get("/uppstallningar/").content.decode() for name in ("chef", "direktor")}
    assert "/uppstallningar/egen/" in offered["direktor"]
    assert "/uppstallningar/egen/" not in offered["chef"]
    for client, page in ((people[name], page) for name, page in offered.items()):
        for key in ("egen", "nettoredovisning", "driftredovisning", "enheter", "kontogrupper", "investeringar"):
            is_open = client.get(f"/uppstallningar/{key}/").status_code == 200
            assert (f"/uppstallningar/{key}/" in page) == is_open, key


def test_every_address_of_the_web_stands_in_the_matrix(addresses: dict[str, str]) -> None:
    names = {get_resolver().resolve(page.format(**addresses).partition("?")[0]).url_name for page in PAGES}
    assert set(_names(get_resolver())) == names | ELSEWHERE


def _names(resolver: URLResolver) -> list[str]:
    found: list[str] = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found += _names(entry)
        elif isinstance(entry, URLPattern) and entry.name:
            found.append(entry.name)
    return found
