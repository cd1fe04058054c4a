"""Template tags: texts in pairs, amounts, dates and lists of findings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django import template
from django.utils import timezone

from uppsikt.core.findings import Finding, Severity
from uppsikt.core.formats import Unit, amount, long_date, number
from uppsikt.core.hashes import short
from uppsikt.core.language import Text, say
from uppsikt.planning.rounds import RoundRow
from uppsikt.web.presenting import Presentation
from uppsikt.web.words import handed_in

register = template.Library()
_HYPHEN_IN_DATE = re.compile(r"(?<=\d)-(?=\d)")

SEVERITY_WORDS = {
    Severity.ERROR: Text("Fel", "Error"),
    Severity.WARNING: Text("Varning", "Warning"),
    Severity.NOTE: Text("Upplysning", "Note"),
}
SEVERITY_COLOURS = {Severity.ERROR: "danger", Severity.WARNING: "warning", Severity.NOTE: "info"}


@register.simple_tag
def t(sv: str, en: str, **values: object) -> str:
    """The text in the reader's language: `{% t "{n} {n:rad|rader}" "{n} {n:row|rows}" n=count %}`."""
    return say(sv, en, **values)


@register.filter
def kr(amount_ore: int | None) -> str:
    """An amount in whole kronor, in the sign it has."""
    return amount(amount_ore, Unit.KR)


@register.filter
def kr_ore(amount_ore: int | None) -> str:
    """An amount in kronor with öre, in the sign it has."""
    return amount(amount_ore, Unit.KR, 2)


@register.filter(name="handed_in")
def handed_in_to(row: RoundRow, form: str) -> str:
    """What units hand in to the round: `{{ row|handed_in:"one" }}` is "prognos", and at year-end "bokslut"."""
    return str(handed_in(row, form))


@register.filter
def money(amount_ore: int | None, shown: Presentation) -> str:
    """An amount in the unit the reader chose, exact to the öre on pointing at it."""
    return shown.cell(amount_ore)


@register.filter
def count(value: int | None) -> str:
    """A count with grouped thousands."""
    return "–" if value is None else number(value)


@register.filter
def day(value: date | None) -> str:
    """A date written out: 31 augusti 2022."""
    return long_date(value) if value else "–"


@register.filter
def clock(value: datetime | None) -> str:
    """A time stamp in local time: 2022-09-05 14:03."""
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if value else "–"


@register.filter
def period(value: int | None) -> str:
    """A yyyymm number as 2022-08."""
    return f"{value // 100:04}-{value % 100:02}" if value else "–"


@register.filter
def unbroken(value: object) -> str:
    """A text whose dates stay on one line: "Utfall 2022-08-31" breaks before the date, not in it."""
    return _HYPHEN_IN_DATE.sub("\u2060-\u2060", str(value))


@register.filter
def value_of(mapping: Mapping[str, str], key: str) -> str:
    """The value of a key; "" where there is none."""
    return mapping.get(key, "")


@register.filter(name="short")
def short_hash(value: str) -> str:
    """The first twelve digits of a hash."""
    return short(value)


@register.filter
def severity_word(severity: Severity) -> str:
    """The severity in the reader's language."""
    return str(SEVERITY_WORDS[severity])


@register.filter
def severity_colour(severity: Severity) -> str:
    """The colour that goes beside the severity's word, never instead of it."""
    return SEVERITY_COLOURS[severity]


@register.inclusion_tag("web/findings.html")
def findings(found: Iterable[Finding], limit: int = 200) -> Mapping[str, object]:
    """A list of findings: severity, code, place, what is wrong, what to do; errors first."""
    order = list(Severity)
    ordered = sorted(found, key=lambda finding: order.index(finding.severity))
    return {"findings": ordered[:limit], "left_off": max(0, len(ordered) - limit)}
