"""Facts, the municipality's own statements, editions' marks and sections are what the log tells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.reports.sample import FACTS, SampleSource, write_report
from tests.test_relations_over_time import OWN
from uppsikt.audit.actors import Actor
from uppsikt.reports.models import LocalStatement, OutsideFact, ReportEdition, Section, SectionVersion
from uppsikt.reports.services import adopt_report, build_report, import_facts, publish_report, save_statement
from uppsikt.reports.verify import verify_facts, verify_marks, verify_sections, verify_statements
from uppsikt.reports.writing.keeping import RECIPE_KEY
from uppsikt.reports.writing.services import save_text
from uppsikt.reports.writing.texts import take_in

DAY = date(2022, 9, 1)
HEAD = "nyckel;benämning;värde;enhet;decimaler;period;källa;ställe\n"


@pytest.fixture
def taken_in(db: None, local: Actor) -> None:
    """Two facts, one of them changed since, and a statement saved twice."""
    for value in ("783", "794"):
        content = f"{HEAD}netto;Nettokostnad;{value};tkr;0;2022;Rapport;s. 3\nantal;Antal;12;st;0;2022;Egen;\n"
        done = import_facts(actor=local, content=content.encode(), name="f.csv", as_of=DAY)
        assert done.added + done.changed
    for text in (OWN, OWN + "\n# ändrad\n"):
        assert save_statement(actor=local, content=text, name="egen.yaml", as_of=DAY)[0] == "egen"


TAMPERED: dict[str, tuple[Callable[[], object], str, str, str]] = {
    "value": (lambda: OutsideFact.objects.filter(key="netto").update(value="700"), "R080", "794", "700"),
    "source": (lambda: OutsideFact.objects.filter(key="netto").update(source="Annan"), "R080", "Rapport", "Annan"),
    "fact more": (
        lambda: OutsideFact.objects.create(key="ny", label="Ny", value="1", source="x"),
        "R080",
        "ingenting",
        "Ny, 1, –, 0, –, x, –, –",
    ),
    "fact less": (
        lambda: OutsideFact.objects.filter(key="antal").delete(),
        "R080",
        "Antal, 12, st, 0, 2022, Egen, –, –",
        "ingenting",
    ),
    "statement less": (lambda: LocalStatement.objects.all().delete(), "R081", "", "ingenting"),
    "statement changed": (lambda: LocalStatement.objects.update(content=OWN), "R081", "", ""),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_what_was_changed_beside_the_services_is_named_with_what_the_log_tells(taken_in: None, how: str) -> None:
    assert [*verify_facts(), *verify_statements()] == []
    change, code, told, held = TAMPERED[how]
    change()
    (finding,) = [*verify_facts(), *verify_statements()]
    assert finding.code == code
    assert told in str(finding.facts["told"])
    assert held in str(finding.facts["held"])


@pytest.fixture
def adopted(db: None, local: Actor, tmp_path: Path) -> None:
    """A report of kept texts, one of them in its second version, built, adopted and published."""
    folder = write_report(tmp_path / "texter")
    content = "nyckel;benämning;värde;källa\n" + "".join(f"{key};Fakta;4;Enkät\n" for key in FACTS)
    import_facts(actor=local, content=content.encode(), name="f.csv", as_of=DAY)
    take_in(actor=local, folder=folder, as_of=DAY)
    section = Section.objects.exclude(key=RECIPE_KEY).order_by("position")[0]
    asked = {"report_key": section.report_key, "section": section.key}
    said = save_text(actor=local, **asked, text=f"# {section.title}\n\nLäget.", seen_number=1, as_of=DAY)
    assert not said.findings
    built = build_report(actor=local, folder=folder, source=SampleSource(), as_of=DAY, formats=["html"])
    assert built.edition
    chosen = {"content_hash": built.edition.content_hash, "adopted_on": DAY, "decision": "KS § 210"}
    done, _ = adopt_report(actor=local, **chosen, as_of=DAY, despite_remarks=True)
    assert done
    asked = {"content_hash": done.content_hash, "as_of": DAY, "despite_open": True}
    assert publish_report(actor=local, **asked)[0]  # type: ignore[arg-type]


def sections(**values: object) -> None:
    second = SectionVersion.objects.get(number=2)
    Section.objects.filter(pk=second.section_id).update(**values)


MARKED: dict[str, tuple[Callable[[], object], str, str, str]] = {
    "decision": (lambda: ReportEdition.objects.update(decision="KS § 9"), "R082", "KS § 210", "KS § 9"),
    "not adopted": (lambda: ReportEdition.objects.update(state="built"), "R082", "fastställd", "byggd"),
    "by another": (lambda: ReportEdition.objects.update(adopted_by="någon"), "R082", "kommandorad", "någon"),
    "not published": (lambda: ReportEdition.objects.update(published_at=None), "R082", "kommandorad", "–"),
    "published by": (lambda: ReportEdition.objects.update(published_by="någon"), "R082", "kommandorad", "någon"),
    "shown": (lambda: ReportEdition.objects.update(shows=[]), "R082", "[", "[]"),
    "approved": (lambda: sections(state="approved"), "R083", "skrivs", "godkänt"),
    "unknown state": (lambda: sections(state="borta"), "R083", "skrivs", "borta"),
    "earlier version": (lambda: sections(number=1), "R083", "2, ", "1, "),
    "lifted out": (lambda: sections(is_dropped=True), "R083", "–", "bortlyft"),
    "other text": (
        lambda: SectionVersion.objects.filter(number=2).update(
            content=SectionVersion.objects.exclude(section__key=RECIPE_KEY).order_by("pk")[0].content
        ),
        "R083",
        "",
        "",
    ),
}


@pytest.mark.parametrize("how", MARKED)
def test_what_was_marked_beside_the_services_is_named_with_what_the_log_tells(adopted: None, how: str) -> None:
    assert [*verify_marks(), *verify_sections()] == []
    change, code, told, held = MARKED[how]
    change()
    (finding,) = [*verify_marks(), *verify_sections()]
    assert finding.code == code
    assert told in str(finding.facts["told"])
    assert held in str(finding.facts["held"])
