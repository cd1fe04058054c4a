"""Facts, editions and adoption: who may, what is kept, and that the adopted never changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import actor_with
from tests.reports.sample import ECONOMY, SampleSource, write_report
from uppsikt.audit.actors import Actor, NotAllowed, Role
from uppsikt.audit.models import Event
from uppsikt.audit.services import verify_chain
from uppsikt.core.findings import found
from uppsikt.core.hashes import hash_bytes
from uppsikt.reports import services
from uppsikt.reports.editions import Change, edition_folder
from uppsikt.reports.facts import LONGEST
from uppsikt.reports.models import OutsideFact, ReportEdition
from uppsikt.reports.selectors import edition, edition_file, editions, facts
from uppsikt.reports.services import BuildResult, adopt_report, build_report, import_facts, save_statement
from uppsikt.reports.verify import verify_marks

pytestmark = pytest.mark.django_db

DAY = date(2022, 10, 4)
FACTS = """\
key;label;value;unit;decimals;period;source;place;claims
nki;NKI;77;;0;2021;Insikt 2021;s. 4;
sjuk-t;Sjukfrånvaro, totalt;4,4;%;1;2022;Personalsystemet;;
sjuk-k;Sjukfrånvaro, kvinnor;5,1;%;1;2022;Personalsystemet;;
sjuk-m;Sjukfrånvaro, män;2,2;%;1;2022;Personalsystemet;;
bokslut-2021;Nettokostnad 2021;−794 290;tkr;0;2021;Delårsrapport;;nettoredovisning/nettokostnad/bokslut-foregaende
"""


@pytest.fixture(autouse=True)
def _the_log_tells_how_editions_are_marked(db: None) -> Iterator[None]:
    yield
    assert verify_marks() == []


def take_facts(actor: Actor, text: str = FACTS) -> None:
    assert import_facts(actor=actor, content=text.encode(), name="fakta.csv", as_of=DAY).findings == []


def build(actor: Actor, folder: Path) -> BuildResult:
    return build_report(actor=actor, folder=folder, source=SampleSource(), as_of=DAY, formats=["html", "xlsx"])


@pytest.fixture
def built(local: Actor, folder: Path) -> BuildResult:
    take_facts(local)
    return build(local, folder)


def test_a_format_whose_package_is_not_installed_is_refused_before_anything_is_made(
    local: Actor, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_facts(local)
    monkeypatch.setattr(services, "missing_package", lambda form: "openpyxl" if form == "xlsx" else "")
    refused = build(local, folder)
    assert refused.edition is None
    assert ("R053", "xlsx") in [(own.code, own.facts.get("format")) for own in refused.findings]


def test_facts_are_taken_in_and_read_back(local: Actor) -> None:
    take_facts(local)
    assert str(facts()["sjuk-t"].number) == "4.4"
    assert str(facts()["bokslut-2021"].number) == "-794290"


def test_the_same_facts_again_change_nothing_and_leave_no_event(local: Actor) -> None:
    take_facts(local)
    again = import_facts(actor=local, content=FACTS.encode(), name="fakta.csv", as_of=DAY)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 5)
    assert Event.objects.filter(verb="import-facts").count() == 1


def test_a_changed_fact_is_counted_and_its_old_value_logged(local: Actor) -> None:
    take_facts(local)
    changed = import_facts(actor=local, content=FACTS.replace("77", "78").encode(), name="fakta.csv", as_of=DAY)
    assert (changed.added, changed.changed, changed.unchanged) == (0, 1, 4)
    assert '"nki":["77","78"]' in Event.objects.latest("sequence").payload


def test_a_dry_run_counts_and_keeps_nothing(local: Actor) -> None:
    outcome = import_facts(actor=local, content=FACTS.encode(), name="fakta.csv", as_of=DAY, dry_run=True)
    assert outcome.added == 5
    assert not OutsideFact.objects.exists()


def test_swedish_headings_are_taken_and_text_values_stay_text(local: Actor) -> None:
    take_facts(local, "nyckel;benämning;värde;källa\nmal;Mål;Öka;Verksamhetsplanen\n")
    assert (facts()["mal"].value, facts()["mal"].number) == ("Öka", None)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Å;L;1;;0;;K;;", "R040"),
        ("a;;1;;0;;K;;", "R040"),
        ("a;L;;;0;;K;;", "R040"),
        ("a;L;1;;två;;K;;", "R040"),
        ("a;L;1;;0;;;;", "R040"),
        ("a;L;1;;0;;K;;\na;L;2;;0;;K;;", "R041"),
    ],
)
def test_a_faulty_fact_is_said_and_none_is_taken(local: Actor, row: str, code: str) -> None:
    content = f"key;label;value;unit;decimals;period;source;place;claims\n{row}\n"
    outcome = import_facts(actor=local, content=content.encode(), name="fakta.csv", as_of=DAY)
    assert code in [finding.code for finding in outcome.findings]
    assert not OutsideFact.objects.exists()


def test_a_reader_may_not_import_facts(reader: Actor) -> None:
    with pytest.raises(NotAllowed):
        import_facts(actor=reader, content=FACTS.encode(), name="fakta.csv", as_of=DAY)


def test_a_built_edition_has_its_files_under_its_hash(built: BuildResult) -> None:
    assert built.edition is not None
    assert built.edition.number == 1
    path = edition_file(built.edition, "rapport.html")
    assert path is not None
    assert path.parent == edition_folder("ks-delar2-2022", built.edition.content_hash)
    assert hash_bytes(path.read_bytes()) == built.edition.files["rapport.html"]["sha256"]
    assert [finding.code for finding in built.edition.findings] == ["R042"]


def test_only_registered_files_are_given_out(built: BuildResult) -> None:
    assert built.edition is not None
    assert edition_file(built.edition, "../../uppsikt.sqlite3") is None


def test_the_same_content_again_is_the_same_edition(built: BuildResult, local: Actor, folder: Path) -> None:
    again = build(local, folder)
    assert again.already_held
    assert ReportEdition.objects.count() == 1


def test_a_report_with_an_unresolved_reference_is_not_built(local: Actor, tmp_path: Path) -> None:
    result = build(local, write_report(tmp_path / "r"))  # no facts are registered
    assert result.edition is None
    assert {finding.code for finding in result.findings} == {"R011"}
    assert not ReportEdition.objects.exists()


def test_a_controller_may_build_and_a_manager_may_not(controller: Actor, local: Actor, folder: Path) -> None:
    take_facts(local)
    assert build(controller, folder).edition is not None
    with pytest.raises(NotAllowed):
        build(actor_with(Role.MANAGER), folder)


def test_the_director_of_the_committee_may_adopt_and_the_controller_may_not(
    built: BuildResult, controller: Actor
) -> None:
    assert built.edition is not None
    asked = {"content_hash": built.edition.content_hash, "adopted_on": DAY, "decision": "KS § 210", "as_of": DAY}
    with pytest.raises(NotAllowed):
        adopt_report(actor=controller, **asked)  # type: ignore[arg-type]
    adopted, findings = adopt_report(actor=actor_with(Role.DIRECTOR, "KS"), **asked)  # type: ignore[arg-type]
    assert {finding.code for finding in findings} <= {"R054"}, "the report audit may doubt, no more"
    assert adopted is not None
    assert adopted.is_adopted
    assert verify_chain() == []


@pytest.mark.parametrize("decision", ["", " \0 ", "x" * 201])
def test_a_decision_is_a_line_that_can_be_kept(built: BuildResult, local: Actor, decision: str) -> None:
    assert built.edition is not None
    asked = {"content_hash": built.edition.content_hash, "adopted_on": DAY, "as_of": DAY}
    refused, findings = adopt_report(actor=local, decision=decision, **asked)  # type: ignore[arg-type]
    assert (refused, [finding.code for finding in findings]) == (None, ["P009"])
    adopted, _ = adopt_report(actor=local, decision="KS\0 §\n210 ", **asked)  # type: ignore[arg-type]
    assert adopted is not None
    assert adopted.decision == "KS § 210"


def test_a_fact_is_kept_without_what_no_database_takes_and_refused_where_it_is_too_long(local: Actor) -> None:
    def take(label: str) -> list[str]:
        content = f"nyckel;benämning;värde;källa\nnki;{label};4;Enkät\n".encode()
        done = import_facts(actor=local, content=content, name="f.csv", as_of=DAY)
        return [finding.code for finding in done.findings]

    assert take("Nöjd\x07kund") == []
    assert facts()["nki"].label == "Nöjd kund"
    assert take("x" * 301) == ["R040"]
    columns = {"place": "source_place", "claims": "claims_address"}
    lengths = {name: OutsideFact._meta.get_field(columns.get(name, name)).max_length for name in LONGEST}
    assert lengths == LONGEST


def adopt(local: Actor, content_hash: str) -> list[str]:
    _, findings = adopt_report(actor=local, content_hash=content_hash, adopted_on=DAY, decision="KS § 210", as_of=DAY)
    return [finding.code for finding in findings if finding.code != "R054"]


def test_what_the_audit_is_sure_is_wrong_stops_the_adoption_until_someone_answers_for_it(
    built: BuildResult, local: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert built.edition is not None
    doubt, refusal = (found(code, rule="K001", where="Nettokostnad", says="fel") for code in ("R054", "R055"))
    monkeypatch.setattr(services, "proofread", lambda content, name: [refusal, doubt])
    asked = {"content_hash": built.edition.content_hash, "adopted_on": DAY, "decision": "KS § 210", "as_of": DAY}
    assert adopt_report(actor=local, **asked) == (None, [refusal, doubt])  # type: ignore[arg-type]
    assert not ReportEdition.objects.filter(state="adopted").exists()
    adopted, findings = adopt_report(actor=local, despite_remarks=True, **asked)  # type: ignore[arg-type]
    assert adopted is not None
    assert adopted.is_adopted
    assert findings == [doubt]
    assert '"despite_remarks":["K001"]' in Event.objects.latest("sequence").payload


def test_an_edition_is_found_by_the_hash_printed_in_its_footer(built: BuildResult, local: Actor) -> None:
    assert built.edition is not None
    assert adopt(local, built.edition.content_hash[:12]) == []
    assert adopt(local, "0" * 12) == ["R050"]
    assert edition("") is None


def test_an_adopted_edition_is_not_adopted_again_nor_added_to(built: BuildResult, local: Actor, folder: Path) -> None:
    assert built.edition is not None
    adopt(local, built.edition.content_hash)
    assert adopt(local, built.edition.content_hash) == ["R051"]
    more = build_report(actor=local, folder=folder, source=SampleSource(), as_of=DAY, formats=["datapackage"])
    assert more.edition is not None
    assert "data.zip" not in more.edition.files


def test_an_edition_whose_file_was_changed_is_not_adopted(built: BuildResult, local: Actor) -> None:
    assert built.edition is not None
    path = edition_file(built.edition, "rapport.html")
    assert path is not None
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"15,4", b"12,4"))
    assert adopt(local, built.edition.content_hash) == ["R052"]


def test_a_new_version_lists_what_changed_from_the_adopted_one(
    built: BuildResult, local: Actor, tmp_path: Path
) -> None:
    assert built.edition is not None
    adopt(local, built.edition.content_hash)
    take_facts(local, FACTS.replace("nki;NKI;77", "nki;NKI;78"))
    new = build(local, write_report(tmp_path / "ny", economy=ECONOMY.replace("- staben", "- stab")))
    assert new.edition is not None
    assert (new.edition.number, new.edition.replaces) == (2, built.edition.content_hash)
    assert Change("figure", "fakta/nki", "77", "78") in new.edition.changes
    assert Change("text", "", "  staben".strip(), "stab") in new.edition.changes
    assert [row.number for row in editions("ks-delar2-2022")] == [2, 1]
    first = edition(built.edition.content_hash)
    assert first is not None
    assert first.is_adopted


def test_a_broken_statement_definition_is_not_kept(local: Actor) -> None:
    key, findings = save_statement(actor=local, content="key: [", name="egen.yaml", as_of=DAY)
    assert key == ""
    assert findings
