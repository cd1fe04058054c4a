"""The log in words: verbs as a person says them, kinds of targets, the keys of payloads."""

from __future__ import annotations

import json
from collections.abc import Mapping

from uppsikt.audit.actors import Role
from uppsikt.core.language import Text
from uppsikt.planning.kinds import BudgetKind, ForecastKind, RoundKind
from uppsikt.planning.states import State
from uppsikt.reports.writing.states import SectionState
from uppsikt.rounds.states import WorkState

VERBS = {
    "accept-gaps": Text("konsoliderade en omgång med luckor", "consolidated a round with gaps"),
    "accept-unapproved": Text(
        "fastställde en omgång fast avsnitt inte var godkända", "adopted a round though sections were not approved"
    ),
    "add-comment": Text("skrev en kommentar", "wrote a comment"),
    "add-settlement-rule": Text("lade till en regel för resultatreglering", "added a settlement rule"),
    "adopt-reorganisation": Text("beslutade en omorganisation", "adopted a reorganisation"),
    "adopt-report": Text("fastställde en rapport", "adopted a report"),
    "adopt-savings": Text("beslutade ett effektiviseringsuppdrag", "adopted a savings assignment"),
    "annul-reorganisation": Text("upphävde en omorganisation", "annulled a reorganisation"),
    "answer-question": Text("svarade på en fråga", "answered a question"),
    "approve-unit": Text("godkände en enhets prognos", "approved a unit's forecast"),
    "assign-section": Text("gav ett avsnitt en skribent", "gave a section a writer"),
    "build-report": Text("byggde en rapport", "built a report"),
    "change-role": Text("ändrade en rolls tid", "changed the time of a role"),
    "change-round-state": Text("ändrade en omgångs läge", "changed the state of a round"),
    "bring-savings-along": Text(
        "förde en effektivisering till nästa års budget", "brought savings along to the next year's budget"
    ),
    "change-second-step": Text("ändrade inloggning i två steg", "changed signing in in two steps"),
    "change-section-state": Text("ändrade ett avsnitts läge", "changed the state of a section"),
    "change-setup": Text("ändrade en omgångs upplägg", "changed the set-up of a round"),
    "change-user": Text("ändrade en persons uppgifter", "changed a person's facts"),
    "close-user": Text("stängde ett konto", "closed an account"),
    "create-round": Text("lade upp en omgång", "created a round"),
    "create-user": Text("lade upp en person", "added a person"),
    "decide-budget": Text("läste in budgetbeslut", "imported budget decisions"),
    "discard-reorganisation": Text("slängde ett utkast till omorganisation", "discarded a draft reorganisation"),
    "end-settlement-rule": Text("avslutade en regel för resultatreglering", "ended a settlement rule"),
    "excuse-unit": Text("undantog en enhet", "excused a unit"),
    "export-log": Text("exporterade loggen", "exported the log"),
    "fail-sign-in": Text("kom inte in", "did not get in"),
    "grant-role": Text("gav en roll", "gave a role"),
    "import-directory": Text("läste in personer och roller", "imported people and roles"),
    "import-facts": Text("läste in uppgifter", "imported facts"),
    "import-ledger": Text("läste in en huvudbok", "imported a ledger"),
    "import-register": Text("läste in ett register", "imported a register"),
    "import-reorganisations": Text("läste in omorganisationer", "imported reorganisations"),
    "import-texts": Text("läste in rapporttexter", "imported report texts"),
    "link-carry-over": Text("knöt en resultatöverföring till budget", "linked a carry-over to the budget"),
    "link-savings": Text("knöt en effektivisering till budget", "linked savings to the budget"),
    "move-deadline": Text("flyttade en tidsfrist", "moved a deadline"),
    "open-multi-year-period": Text("öppnade en flerårsperiod", "opened a multi-year period"),
    "open-user": Text("öppnade ett konto", "opened an account"),
    "plan-savings": Text("planerade en effektivisering", "planned savings"),
    "publish-report": Text("offentliggjorde en rapport", "published a report"),
    "replace-batch": Text("ersatte en inläsning", "replaced a batch"),
    "restore-batch": Text("tog tillbaka en ersatt inläsning", "brought a replaced batch back"),
    "return-unit": Text("lämnade tillbaka en enhets prognos", "returned a unit's forecast"),
    "revoke-role": Text("tog tillbaka en roll", "took a role back"),
    "save-cells": Text("sparade prognosceller", "saved forecast cells"),
    "save-explanation": Text("sparade en förklaring", "saved an explanation"),
    "save-profile": Text("sparade en mappningsprofil", "saved a mapping profile"),
    "save-reorganisation": Text("sparade ett utkast till omorganisation", "saved a draft reorganisation"),
    "save-statement": Text("sparade en uppställning", "saved a statement"),
    "save-text": Text("sparade en rapporttext", "saved a report text"),
    "send-reminders": Text("skickade påminnelser", "sent reminders"),
    "set-password": Text("bytte ett lösenord", "changed a password"),
    "set-up-round": Text(
        "gav en omgång dagar, deltagare och frågor", "gave a round days, participants and questions"
    ),
    "settle-comment": Text("klarade av en kommentar", "settled a comment"),
    "settle-round": Text("resultatreglerade en omgång", "settled a round"),
    "settle-savings": Text("avräknade en effektivisering", "settled savings"),
    "start-report": Text("påbörjade en rapport", "began a report"),
    "sign-in": Text("loggade in", "signed in"),
    "sign-out": Text("loggade ut", "signed out"),
    "submit-forecast": Text("lämnade en prognos", "submitted a forecast"),
    "submit-unit": Text("lämnade en enhets prognos", "submitted a unit's forecast"),
    "take-back-settlement": Text("tog tillbaka en resultatreglering", "took a settlement back"),
    "withdraw-unit": Text("tog tillbaka en enhets prognos", "withdrew a unit's forecast"),
}
_TOLD_BY = {
    "submit-forecast": (
        "kind",
        {
            "adjustment": Text("lade en central justering", "laid a central adjustment"),
            "settlement": Text("lade en resultatreglering", "laid a settlement"),
            "suggestion": Text("gjorde förslag", "made suggestions"),
        },
    ),
    "change-round-state": (
        "to",
        {
            "open": Text("öppnade en omgång", "opened a round"),
            "consolidated": Text("konsoliderade en omgång", "consolidated a round"),
            "adopted": Text("fastställde en omgång", "adopted a round"),
        },
    ),
}
_KINDS = {
    "batch": Text("inläsning", "batch"),
    "budget": Text("budgetbeslut", "budget decision"),
    "directory": Text("katalogen", "the directory"),
    "facts": Text("uppgifterna", "the facts"),
    "log": Text("loggen", "the log"),
    "multi-year-period": Text("flerårsperiod", "multi-year period"),
    "profile": Text("mappningsprofil", "mapping profile"),
    "register": Text("register", "register"),
    "reorganisation": Text("omorganisation", "reorganisation"),
    "reorganisations": Text("omorganisationer", "reorganisations"),
    "report": Text("rapport", "report"),
    "round": Text("omgång", "round"),
    "savings": Text("effektivisering", "savings"),
    "settlement-rule": Text("regel för resultatreglering", "settlement rule"),
    "statement": Text("uppställning", "statement"),
    "user": Text("person", "person"),
}
_KEYS = {
    "account": Text("Konto", "Account"),
    "added": Text("Nya", "New"),
    "after": Text("Efter", "After"),
    "amount_ore": Text("Belopp", "Amount"),
    "adopted_on": Text("Fastställt den", "Adopted on"),
    "asked": Text("Urval", "Selection"),
    "before": Text("Före", "Before"),
    "cause": Text("Orsak", "Cause"),
    "cells": Text("Uppgifter", "Entries"),
    "change": Text("Ändring", "Change"),
    "changed": Text("Ändrade", "Changed"),
    "changes": Text("Ändringar", "Changes"),
    "comment": Text("Kommentar nr", "Comment no."),
    "cut_off": Text("Utfall till och med", "Actuals through"),
    "deadline": Text("Lämnas senast", "Handed in by"),
    "decided_on": Text("Beslutat den", "Decided on"),
    "decision": Text("Beslut", "Decision"),
    "despite": Text("Trots att detta stod öppet", "Although this was left open"),
    "due_on": Text("Klart senast", "Due by"),
    "effect_ore": Text("Åtgärdens effekt i år", "Effect of the measure this year"),
    "content_hash": Text("Innehållets kontrollsumma", "Content hash"),
    "email": Text("E-post", "E-mail"),
    "file": Text("Fil", "File"),
    "file_hash": Text("Filens kontrollsumma", "File hash"),
    "fallen": Text("Prognoser som föll (nr)", "Forecasts that fell (no.)"),
    "files": Text("Filer", "Files"),
    "findings": Text("Iakttagelser", "Findings"),
    "forecasts": Text("Prognoser", "Forecasts"),
    "format": Text("Format", "Format"),
    "from": Text("Från", "From"),
    "frozen_hash": Text("Kontrollsumma", "Content hash"),
    "full_name": Text("Namn", "Name"),
    "gaps": Text("Vad som saknades", "What was missing"),
    "kind": Text("Slag", "Kind"),
    "lifted_out": Text("Bortlyft", "Lifted out"),
    "lines": Text("Rader", "Rows"),
    "measure": Text("Åtgärd", "Measure"),
    "method": Text("Sätt", "Way"),
    "name": Text("Namn", "Name"),
    "number": Text("Nummer", "Number"),
    "numbers": Text("Tal skrivna för hand", "Numbers typed by hand"),
    "on": Text("Dag", "Day"),
    "open_comments": Text("Öppna kommentarer", "Open comments"),
    "origin": Text("Kommer från", "Comes from"),
    "participants": Text("Deltar", "Take part"),
    "parts_ore": Text("Per år", "By year"),
    "previous": Text("Jämförs med", "Compared with"),
    "question": Text("Fråga nr", "Question no."),
    "questions": Text("Frågor", "Questions"),
    "reason": Text("Skäl", "Reason"),
    "recipients": Text("Mottagare", "Recipients"),
    "responsible": Text("Ansvarig", "Responsible"),
    "role": Text("Roll", "Role"),
    "round_state": Text("Omgångens läge", "The round's state"),
    "rows": Text("Rader", "Rows"),
    "section_state": Text("Läge", "State"),
    "sections": Text("Avsnitt", "Sections"),
    "settled": Text("Reglerat", "Settled"),
    "sha256": Text("Kontrollsumma", "Content hash"),
    "shows": Text("Visar siffror för", "Shows figures of"),
    "setup": Text("Inställning", "Set-up"),
    "step": Text("Steg", "Step"),
    "submitted_on": Text("Lämnat den", "Handed in on"),
    "text": Text("Text", "Text"),
    "title": Text("Rubrik", "Title"),
    "to": Text("Till", "To"),
    "unit": Text("Enhet", "Unit"),
    "version": Text("Version", "Version"),
    "why": Text("Varför", "Why"),
    "year": Text("År", "Year"),
    "threshold_ore": Text("Förklaras från", "Explained from"),
    "total_ore": Text("Totalt", "Total"),
}
# values that are keys of the house, by the key of the payload they stand under
_VALUES = {
    "change": {
        "on": Text("på", "on"),
        "off": Text("av", "off"),
        "key-added": Text("säkerhetsnyckel tillagd", "security key added"),
        "key-removed": Text("säkerhetsnyckel borttagen", "security key removed"),
        "new-codes": Text("nya reservkoder", "new recovery codes"),
        "reset": Text("avslaget av administratör", "turned off by an administrator"),
    },
    "kind": {own.value: own.label for kinds in (BudgetKind, RoundKind, ForecastKind) for own in kinds},
    "method": {
        "code": Text("kod", "code"),
        "header": Text("lösenord i huvudet (program)", "password in the header (program)"),
        "mfa": Text("kod", "code"),
        "openid_connect": Text("OpenID Connect", "OpenID Connect"),
        "own-page": Text("lösenord på den egna sidan", "password on the own page"),
        "password": Text("lösenord", "password"),
        "saml": Text("SAML", "SAML"),
        "socialaccount": Text("kommunens konto", "the municipality's account"),
    },
    "role": {role.value: role.label for role in Role},
    "round_state": {state.value: state.label for state in State},
    "section_state": {state.value: state.label for state in SectionState},
    "why": {
        "closed": Text("fel; stängt efter för många försök", "wrong; closed after too many attempts"),
        "closed-account": Text("kontot är stängt", "the account is closed"),
        "nonce": Text("svaret hör inte till frågan", "the answer is not to this question"),
        "unknown": Text("ingen här heter så", "nobody here by that name"),
        "unproven": Text("adressen är inte intygad", "the address is not vouched for"),
        "wrong": Text("fel uppgifter", "wrong credentials"),
    },
}


_UNIT_STATES = {state.value: state.label for state in WorkState}
_STATES_OF = {
    "change-round-state": {state.value: state.label for state in State},
    "change-section-state": {state.value: state.label for state in SectionState},
}


def value_words(key: str, value: str, verb: str = "") -> str:
    """A value in words where it is a key of the house: a state, a role, a way to sign in, why nobody got in."""
    known: Mapping[str, Text] = _VALUES.get(key, {})
    if key in ("from", "to"):
        known = _STATES_OF.get(verb, _UNIT_STATES)
    return " + ".join(str(known[part]) if part in known else part for part in value.split("+"))


def verb_words(verb: str, payload: str = "{}") -> str:
    """What somebody did, as a person says it; a verb that does several things is told by its payload (JSON)."""
    if verb in _TOLD_BY:
        key, words = _TOLD_BY[verb]
        told = words.get(str(json.loads(payload).get(key, "")))
        if told:
            return str(told)
    return str(VERBS[verb]) if verb in VERBS else verb


def target_words(target: str, people: dict[str, str]) -> str:
    """What it was done to: the kind in words, and its key; a person by name."""
    kind, separator, key = target.partition(":")
    if kind not in _KINDS:
        return target
    if kind == "user":
        key = people.get(key, key) or "–"
    return f"{_KINDS[kind]}{' ' if separator else ''}{key}"


def key_words(key: str) -> str:
    """The key of a payload in words; one without words as it is stored."""
    return str(_KEYS[key]) if key in _KEYS else key.replace("_", " ")
