"""Quick links: what each role most often goes on to."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from uppsikt.audit.actors import Actor, Verb
from uppsikt.core.language import Text
from uppsikt.planning.selectors import RoundRow
from uppsikt.planning.states import State
from uppsikt.web.actors import may_anywhere, sees_whole


@dataclass(frozen=True, slots=True)
class QuickLink:
    """A link with its text."""

    label: Text
    url: str


def quick_links(actor: Actor, row: RoundRow | None, *, has_units: bool = True) -> list[QuickLink]:
    """The links this actor has use for; statements only where there is a round to show."""
    links = []
    if may_anywhere(actor, Verb.IMPORT_LEDGER):
        links.append(QuickLink(Text("Läs in huvudbok", "Import a ledger"), reverse("import", args=["huvudbok"])))
    if may_anywhere(actor, Verb.EDIT_BUDGET):
        links.append(QuickLink(Text("Läs in budget eller prognos", "Import budget or forecast"), reverse("imports")))
    elif row is not None and row.state is State.OPEN and may_anywhere(actor, Verb.SUBMIT_FORECAST):
        links.append(QuickLink(Text("Lämna prognos", "Hand in a forecast"), reverse("forecasts-mine")))
    if row is not None:
        links.extend(_reading(row.key, whole=sees_whole(actor), has_units=has_units))
    if may_anywhere(actor, Verb.BUILD_REPORT):
        links.append(QuickLink(Text("Bygg delårsrapporten", "Build the interim report"), reverse("reports")))
    return links


def _reading(round_key: str, *, whole: bool, has_units: bool) -> list[QuickLink]:
    keys = [("kontogrupper", Text("Kontogrupperna", "The account groups"))]
    if has_units:
        keys.insert(0, ("enheter", Text("Enheterna", "The units")))
    if whole:
        keys.insert(0, ("driftredovisning", Text("Driftredovisningen", "The operating accounts")))
    return [QuickLink(label, f"{reverse('statement', args=[key])}?round={round_key}") for key, label in keys]
