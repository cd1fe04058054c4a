"""What is done on the page: adopted, opened for correction, computed anew."""

from __future__ import annotations

from django.http import QueryDict

from uppsikt.adoption import adopt, verify_adopted
from uppsikt.adoption.findings import VERSION_DIFFERS
from uppsikt.audit.actors import Actor
from uppsikt.core.findings import Severity, found
from uppsikt.core.language import say
from uppsikt.planning.selectors import adopted_versions
from uppsikt.planning.services import correct_round
from uppsikt.planning.verify import verify_rounds
from uppsikt.web.actors import sees_whole, today
from uppsikt.web.acts import Act
from uppsikt.web.adopting.pages import require_seeing
from uppsikt.web.errors import Absent
from uppsikt.web.findings import CHOICE_UNKNOWN


def take_step(actor: Actor, key: str, posted: QueryDict) -> Act:
    """Do what the button said; raises `NotAllowed` for whoever may not."""
    require_seeing(actor)
    step = posted.get("step", "")
    if step == "verify":
        return _verify(actor, key, posted.get("number", ""))
    if step == "correct":
        corrected = correct_round(actor=actor, key=key, reason=posted.get("reason", ""), as_of=today())
        return Act(corrected.findings, say("Omgången är öppen för rättelse.", "The round is open for correction."))
    if step != "adopt":
        raise Absent(found(CHOICE_UNKNOWN, name="step", value=step))
    adopted = adopt(actor=actor, key=key, as_of=today(), accepts_unapproved="accepts_unapproved" in posted)
    return Act(adopted.findings, say("Omgången är fastställd.", "The round is adopted."))


def _verify(actor: Actor, key: str, number: str) -> Act:
    """Compute one version anew; the command line verifies the whole house."""
    version = next((own for own in adopted_versions(key) if str(own.number) == number), None)
    if version is None:
        raise Absent(found(CHOICE_UNKNOWN, name="number", value=number))
    findings = [*verify_rounds(key), *verify_adopted(key, version.number)]
    sv, en = "Version {n} räknas om till sig själv.", "Version {n} recomputes to itself."
    notes = [own.says for own in findings if own.severity is Severity.NOTE]
    faults = [own for own in findings if own.severity is not Severity.NOTE]
    if faults and not sees_whole(actor):  # a fault names a figure, which may be another unit's
        faults = [found(VERSION_DIFFERS, number=version.number, round=key)]
    return Act(faults, " ".join(notes) or say(sv, en, n=version.number))
