"""Load Örebro 2022 through the same services as everybody uses, and build its report.

`orebro/demo.yaml` says what there is. Loading again changes nothing: what is held is recognised.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.contrib.auth.models import User

from uppsikt.adoption.reading import figure_desk
from uppsikt.audit.actors import Actor, Role
from uppsikt.audit.services import PersonFacts, change_person, create_user
from uppsikt.coding.reorganisation_services import adopt_reorganisation, import_events
from uppsikt.coding.selectors import code_plan, reorganisation, reorganisations
from uppsikt.coding.services import import_register
from uppsikt.core.findings import Finding, Severity, has_errors
from uppsikt.core.language import say
from uppsikt.core.periods import BEGINNING
from uppsikt.demo.money import load_money
from uppsikt.demo.rounds import adopt_rounds, load_round
from uppsikt.demo.texts import load_texts
from uppsikt.ledger.profiles import Profile, load_profile
from uppsikt.ledger.services import import_file, save_profile
from uppsikt.planning.selectors import round_row
from uppsikt.planning.services import import_budget
from uppsikt.reports.handout import hand_out
from uppsikt.reports.services import build_report, import_facts, save_statement
from uppsikt.rounds.selectors import participants

FOLDER = Path(__file__).parent / "orebro"
SET_ON = date(2022, 10, 4)  # the day on which the demonstration is set: the report's own date

Tell = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading: findings (errors stop it), and who can sign in."""

    findings: tuple[Finding, ...]
    users: tuple[tuple[str, str, str], ...] = ()  # name, role, unit


@dataclass(frozen=True, slots=True)
class Built:
    """The report's files, and what was found while building it."""

    findings: tuple[Finding, ...]
    files: tuple[Path, ...] = field(default=())


def about_demo() -> Mapping[str, Any]:
    """What `demo.yaml` says."""
    content: Mapping[str, Any] = yaml.safe_load((FOLDER / "demo.yaml").read_text(encoding="utf-8"))
    return content


def load_demo(*, actor: Actor, password: str, tell: Tell) -> Loaded:
    """Load registers, ledger, budget, rounds, forecasts, facts, reorganisations, local statements and users."""
    about = about_demo()
    findings: list[Finding] = []
    for step in _STEPS:
        for found_here in step(actor, about, tell):
            # that a thing is held already is no news on a second loading
            findings += [finding for finding in found_here if finding.severity is not Severity.NOTE]
            if has_errors(found_here):
                return Loaded(tuple(findings))
    users = tuple(_users(actor, about, password))
    findings += load_texts(actor, FOLDER / about["report"], about["report_texts"], SET_ON)
    return Loaded(tuple(findings), users)


Step = Iterator[Sequence[Finding]]


def _registers(actor: Actor, about: Mapping[str, Any], tell: Tell) -> Step:
    for dimension in () if _is_reorganised(about) else about["registers"]:
        path = FOLDER / "registers" / f"{dimension}.csv"
        done = import_register(
            actor=actor, dimension=dimension, content=path.read_bytes(), name=path.name, as_of=SET_ON
        )
        yield done.findings
    tell(say("Register: {count} koder", "Registers: {count} codes", count=len(code_plan().names)))


def _is_reorganised(about: Mapping[str, Any]) -> bool:
    # the reorganisations come last: where there is one of them, what they change is held as it was before
    return bool({Path(name).stem for name in about["reorganisations"]} & {own.key for own in reorganisations()})


def _statements(actor: Actor, about: Mapping[str, Any], tell: Tell) -> Step:
    for path in sorted((FOLDER / "statements").glob("*.yaml")):
        content = path.read_text(encoding="utf-8")
        _, findings = save_statement(actor=actor, content=content, name=path.name, as_of=SET_ON)
        yield findings


def _profile() -> Profile:
    profile, findings = load_profile((FOLDER / "profile.yaml").read_text(encoding="utf-8"), "profile.yaml")
    if profile is None:
        raise RuntimeError("; ".join(map(str, findings)))
    return profile


def _ledger(actor: Actor, about: Mapping[str, Any], tell: Tell) -> Step:
    content = (FOLDER / "profile.yaml").read_text(encoding="utf-8")
    yield save_profile(actor=actor, content=content, name="profile.yaml", as_of=SET_ON).findings
    for name in about["ledger"]:
        done = import_file(actor=actor, path=FOLDER / name, profile=_profile(), as_of=SET_ON, known=code_plan())
        sv, en = "{file}: {rows} rader, {vouchers} verifikationer", "{file}: {rows} rows, {vouchers} vouchers"
        counts = done.batch or done.summary
        tell(say(sv, en, file=Path(name).name, rows=counts.row_count, vouchers=counts.voucher_count))
        yield done.findings


def _budget(actor: Actor, about: Mapping[str, Any], tell: Tell) -> Step:
    if _is_reorganised(about):
        return  # held since before: it was decided on units that have ended since
    for name in about["budget"]:
        content = (FOLDER / name).read_bytes()
        done = import_budget(actor=actor, content=content, name=Path(name).name, as_of=SET_ON)
        tell(
            say(
                "{file}: {entries} beslut",
                "{file}: {entries} decisions",
                file=Path(name).name,
                entries=done.added + done.unchanged,
            )
        )
        yield done.findings


def _rounds(actor: Actor, about: Mapping[str, Any], tell: Tell) -> Step:
    for own in about["rounds"]:
        if round_row(own["key"]) is None:
            yield from load_round(actor, own, FOLDER)
            count = len(participants(own["key"]))
            tell(say("{name}: {count} enheter", "{name}: {count} units", name=own["name"], count=count))


def _money(actor: Actor, about: Mapping[str, Any], tell: Tell) -> Step:
    yield from load_money(actor, FOLDER / "planning", SET_ON)


def _adoptions(actor: Actor, about: Mapping[str, Any], tell: Tell) -> Step:
    yield from adopt_rounds(actor, about)


def _facts(actor: Actor, about: Mapping[str, Any], tell: Tell) -> Step:
    path = FOLDER / about["facts"]
    yield import_facts(actor=actor, content=path.read_bytes(), name=path.name, as_of=SET_ON).findings


def _reorganisations(actor: Actor, about: Mapping[str, Any], tell: Tell) -> Step:
    # after everything else, as in life: budgets and forecasts were made in the organisation of their day
    held = {own.key for own in reorganisations()}
    for name in (*about["reorganisations"], *about["drafts"]):
        path = FOLDER / name
        if path.stem in held:
            continue  # what somebody made of a draft since is theirs
        yield import_events(actor=actor, content=path.read_bytes(), name=path.name, as_of=SET_ON).findings
        if name in about["reorganisations"]:
            decided_on = reorganisation(path.stem).decided_on or SET_ON
            yield adopt_reorganisation(actor=actor, key=path.stem, as_of=decided_on).findings
    decided, drafts = len(about["reorganisations"]), len(about["drafts"])
    sv, en = (
        "Omorganisationer: {decided} beslutade, {drafts} utkast",
        "Reorganisations: {decided} decided, {drafts} draft",
    )
    tell(say(sv, en, decided=decided, drafts=drafts))


_STEPS = (_registers, _statements, _ledger, _budget, _rounds, _money, _facts, _reorganisations, _adoptions)


def _users(actor: Actor, about: Mapping[str, Any], password: str) -> Iterator[tuple[str, str, str]]:
    for own in about["users"]:
        if not User.objects.filter(username=own["name"]).exists():
            role = Role(own["role"])
            user = create_user(
                actor=actor, name=own["name"], password=password, role=role, unit=own["unit"], valid_from=BEGINNING
            )
            address = f"{own['name']}@{about['mail']}"  # nobody's: reminders are only shown in the demonstration
            change_person(actor=actor, user=user, facts=PersonFacts(own["name"], email=address))
        yield own["name"], own["role"], own["unit"]


def build_demo_report(*, actor: Actor, output: Path, tell: Tell) -> Built:
    """Build the report in all its forms and lay the files in `output`."""
    tell(say("Bygger delårsrapporten …", "Building the interim report …"))
    _lay_out_texts()
    with figure_desk() as desk:
        done = build_report(actor=actor, folder=FOLDER / about_demo()["report"], source=desk, as_of=SET_ON)
    if done.edition is None:
        return Built(tuple(done.findings))
    return Built(tuple(done.findings), hand_out(done.edition, output))


def _lay_out_texts() -> None:
    # where the web looks for reports it can build
    target = Path(settings.HOME) / "report-texts" / "ks-delar2-2022"
    shutil.copytree(FOLDER / about_demo()["report"], target, dirs_exist_ok=True)
