"""What is done with reorganisations from their pages: adopted, discarded, annulled."""

from __future__ import annotations

from django.http import QueryDict
from django.urls import reverse

from uppsikt.audit.actors import Actor
from uppsikt.coding.reorganisation_services import discard_draft
from uppsikt.coding.selectors import reorganisation
from uppsikt.consequences import adopt, annul
from uppsikt.core.language import say
from uppsikt.core.tables import date_from_text
from uppsikt.web.actors import today
from uppsikt.web.acts import Act
from uppsikt.web.organisation.plans import require_drafting


def adopt_draft(actor: Actor, key: str, posted: QueryDict) -> Act:
    """Adopt a draft, with the budget and the roles that go with it where they are ticked."""
    require_drafting(actor)
    name = reorganisation(key).name
    budget, roles = bool(posted.get("budget")), bool(posted.get("roles"))
    result = adopt(actor=actor, key=key, as_of=today(), with_budget=budget, with_roles=roles)
    says = say("{name} är antagen.", "{name} is adopted.", name=name)
    return Act(result.findings, says, reverse("organisation-change", args=[key]))


def discard(actor: Actor, key: str) -> Act:
    """Throw a draft away."""
    require_drafting(actor)
    name = reorganisation(key).name
    result = discard_draft(actor=actor, key=key, as_of=today())
    says = say("Utkastet {name} är kastat.", "The draft {name} is discarded.", name=name)
    return Act(result.findings, says, reverse("organisation-changes"))


def annul_change(actor: Actor, key: str, posted: QueryDict) -> Act:
    """Annul an adopted reorganisation by the decision given."""
    require_drafting(actor)
    result = annul(
        actor=actor,
        key=key,
        decision=posted.get("decision", "").strip(),
        decided_on=date_from_text(posted.get("decided_on", "")),
        text=posted.get("text", "").strip(),
        as_of=today(),
        with_budget=bool(posted.get("budget")),
    )
    says = say("{name} är upphävd.", "{name} is annulled.", name=reorganisation(key).name)
    if result.budget:
        says += " " + say("Budgeten är tillbakaflyttad.", "The budget is moved back.")
    return Act(result.findings, says, reverse("organisation-change", args=[key]))
