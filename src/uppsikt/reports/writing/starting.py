"""A report for another round, begun from one that is written: the same sections and tables, none of them started."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from uppsikt.audit.actors import Actor, Verb
from uppsikt.audit.services import record
from uppsikt.core.findings import Finding, Place, Severity, found
from uppsikt.core.texts import one_line
from uppsikt.planning.codes import text_faults
from uppsikt.planning.findings import ROUND_UNKNOWN
from uppsikt.planning.selectors import round_row
from uppsikt.reports.models import Section
from uppsikt.reports.recipe import RECIPE_FILE, Recipe
from uppsikt.reports.writing.findings import NO_TEXTS, REPORT_EXISTS
from uppsikt.reports.writing.keeping import TITLE_CHARACTERS, kept, standing
from uppsikt.reports.writing.rights import require_right, rights_of
from uppsikt.reports.writing.selectors import KeptManuscript
from uppsikt.reports.writing.states import SectionState
from uppsikt.reports.writing.texts import take_in
from uppsikt.reports.writing.values import TextImport

_KEY_CHARACTERS = 100
_OF_ONE_REPORT = ("date", "diary_number")  # what the next report says for itself


@dataclass(frozen=True, slots=True)
class ReportStart:
    """What came of starting a report: its key, "" where something stood in the way."""

    report_key: str
    findings: tuple[Finding, ...] = ()


@transaction.atomic
def start_report(
    *, actor: Actor, report_key: str, round_key: str, title: str, root: Path, as_of: date
) -> ReportStart:
    """Begin another round's report with this one's texts as they stand; its folder is laid in `root`.

    Each section keeps its writer, has no day and is not started. Raises `NotFound` where the report has no texts.
    """
    # of two who begin it at once the second is told that it is there
    list(Section.objects.select_for_update(of=("self",)).filter(report_key=report_key).values_list("pk"))
    texts = kept(report_key)
    recipe = texts.recipe
    require_right(actor, Verb.BUILD_REPORT, rights_of(actor, recipe.unit if recipe else "", None, as_of))
    if recipe is None:
        return ReportStart("", (found(NO_TEXTS, report=report_key),))
    title, key = one_line(title), key_in_round(recipe, round_key)
    findings = list(text_faults(title, "title", TITLE_CHARACTERS, Place()))
    if round_row(round_key) is None or len(key) > _KEY_CHARACTERS:
        findings.append(found(ROUND_UNKNOWN, round=round_key))
    elif (root / key).exists() or Section.objects.filter(report_key=key).exists():
        findings.append(found(REPORT_EXISTS, report=key, round=round_key))
    if findings:
        return ReportStart("", tuple(findings))
    said = {"key": key, "title": json.dumps(title, ensure_ascii=False), "round": round_key}
    taken = _take_in_anew(actor, texts, said, root / key, as_of)
    if not taken.added:  # another report was begun under the name in the same moment
        refused = [own for own in taken.findings if own.severity is Severity.ERROR]
        return ReportStart("", tuple(refused or [found(REPORT_EXISTS, report=key, round=round_key)]))
    _keep_writers(report_key, key)
    payload = {"from": report_key, "round": round_key, "title": title, "sections": standing(key)}
    record(actor=actor, verb="start-report", target=f"report:{key}", payload=payload)
    return ReportStart(key)


def key_in_round(recipe: Recipe, round_key: str) -> str:
    """What the report is called in a round: "ks-delar2-2022" is "ks-bokslut-2022" in bokslut-2022."""
    return f"{recipe.key.removesuffix(recipe.round).strip('-') or recipe.key}-{round_key}"


def _take_in_anew(
    actor: Actor, texts: KeptManuscript, said: Mapping[str, str], target: Path, as_of: date
) -> TextImport:
    target.parent.mkdir(parents=True, exist_ok=True)
    # beside the reports' own folder, where nobody looks for reports; there at once when all else is done
    with tempfile.TemporaryDirectory(dir=target.parent.parent) as passing:
        folder = Path(passing) / target.name
        folder.mkdir()
        for name in texts.names:
            text = texts.text(name)[0]
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            told = _told_anew(text, said) if name == RECIPE_FILE else text
            (folder / name).write_text(told, encoding="utf-8", newline="\n")
        taken = take_in(actor=actor, folder=folder, as_of=as_of)
        if taken.added:
            folder.rename(target)
    return taken


def _told_anew(recipe: str, said: Mapping[str, str]) -> str:
    """The recipe's text with other values at its top; a value may stand in several, indented lines."""
    lines: list[str] = []
    is_inside = False
    for line in recipe.split("\n"):
        name = line.partition(":")[0]
        is_inside = (is_inside and line.startswith(" ")) or name in (*said, *_OF_ONE_REPORT)
        if not is_inside:
            lines.append(line)
        elif name in said:
            lines.append(f"{name}: {said[name]}")
    return "\n".join(lines)


def _keep_writers(before: str, after: str) -> None:
    writers = dict(Section.objects.filter(report_key=before).values_list("key", "responsible_id"))
    sections = list(Section.objects.filter(report_key=after).exclude(part=RECIPE_FILE))
    for section in sections:
        section.responsible_id, section.state = writers.get(section.key), SectionState.NOT_STARTED.value
    Section.objects.bulk_update(sections, ["responsible", "state"])
