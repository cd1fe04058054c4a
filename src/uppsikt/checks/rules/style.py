"""Rules K066 and K069: how numbers are written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from uppsikt.checks.document import Span
from uppsikt.checks.registry import rule
from uppsikt.checks.remarks import Related, Remark, remark
from uppsikt.checks.report import Report
from uppsikt.core.findings import Severity
from uppsikt.core.language import Text

_FORMS = (
    (
        re.compile(r"(?<![\d,])\d+,\s\d(?!\d)(?=\s*(?:%|procent|mnkr|mkr|tkr|miljo))", re.IGNORECASE),
        Text("mellanslag inne i talet", "a space inside the number"),
    ),
    (
        re.compile(r"(?<=\s)[-–−]\s\d[\d\s]*(?:,\d+)?\s*(?:%|mnkr|mkr|tkr|miljoner)", re.IGNORECASE),
        Text("minustecknet är skilt från talet", "the minus sign is apart from the number"),
    ),
    (
        re.compile(r"(?<![\d.,])\d+\.\d{1,2}(?![\d.])(?=\s*(?:%|procent|mnkr|mkr|tkr|miljoner))", re.IGNORECASE),
        Text("decimalpunkt i stället för decimalkomma", "a decimal point instead of a decimal comma"),
    ),
)
_UNITS = (
    (re.compile(r"(?<=\d)\s*(?:mnkr|Mnkr)\b"), "mnkr"),
    (re.compile(r"(?<=\d)\s*(?:mkr|Mkr|MKR)\b"), "mkr"),
    (re.compile(r"(?<=\d)\s*miljoner\b"), "miljoner kronor"),
    (re.compile(r"(?<=\d)\s*msek\b", re.IGNORECASE), "msek"),
)
_SHOWN = 6


@rule(
    "K066",
    Severity.NOTE,
    name="number-form",
    says_sv="”{printed}”: {how}.",
    says_en='"{printed}": {how}.',
    do_sv="Skriv tal på samma sätt i hela rapporten: 6,6 mnkr, −15,4 mnkr.",
    do_en="Write numbers the same way throughout: 6,6 mnkr, −15,4 mnkr.",
    why=Text(
        "Ett mellanslag i talet eller före det gör att radbrytningen kan dela det, och att det läses som två tal.",
        "A space in or before the number lets a line break divide it, and lets it be read as two numbers.",
    ),
    failing="Årets prognos visar på positiv avvikelse med 6, 6 mnkr för året.\n",
    passing="Årets prognos visar på positiv avvikelse med 6,6 mnkr för året.\n",
    printed="6, 6",
    how="mellanslag inne i talet",
)
def number_form(report: Report) -> Iterator[Remark]:
    """Numbers with spaces in them, signs apart, decimal points."""
    for sentence in dict.fromkeys(fact.sentence for fact in report.prose.facts):
        for form, how in _FORMS:
            for found in form.finditer(sentence.text):
                spans = sentence.spans(sentence.start + found.start(), sentence.start + found.end())
                yield remark("K066", spans, confidence=0.8, printed=found.group().strip(), how=how)


@rule(
    "K067",
    Severity.NOTE,
    name="unit-forms-mixed",
    says_sv="Miljoner skrivs på {count} sätt: {forms}.",
    says_en="Millions are written in {count} ways: {forms}.",
    do_sv="Välj en form och använd den i hela rapporten.",
    do_en="Choose one form and use it throughout.",
    why=Text(
        "Läsaren undrar om mkr och mnkr är olika saker.",
        "The reader wonders whether mkr and mnkr are different things.",
    ),
    failing="Underskottet blir 3,2 mnkr, varav 1,3 Mkr avser hyra.\n",
    passing="Underskottet blir 3,2 mnkr, varav 1,3 mnkr avser hyra.\n",
    count=2,
    forms="mnkr (14), mkr (1)",
)
def unit_forms_mixed(report: Report) -> Iterator[Remark]:
    """More than one way to write millions; the remark stands at the rarest."""
    places: dict[str, list[Span]] = defaultdict(list)
    for fact in report.prose.facts:
        for form, name in _UNITS:
            if form.search(fact.text):
                places[name] += fact.spans[-1:]
    if len(places) > 1:
        ordered = sorted(places.items(), key=lambda item: -len(item[1]))
        rare = [span for _, spans in ordered[1:] for span in spans]
        yield remark(
            "K067",
            rare[:1],
            confidence=0.7,
            related=[Related(span, Text("också avvikande", "also deviating")) for span in rare[1:_SHOWN]],
            count=len(places),
            forms=", ".join(f"{name} ({len(spans)})" for name, spans in ordered),
        )


@rule(
    "K069",
    Severity.NOTE,
    name="number-without-unit",
    says_sv="{printed} saknar enhet.",
    says_en="{printed} has no unit.",
    do_sv="Skriv ut enheten vid talet.",
    do_en="Write the unit by the number.",
    why=Text(
        "Ett belopp utan enhet måste gissas av sammanhanget.",
        "An amount without a unit has to be guessed from the context.",
    ),
    failing="Avvikelsen är -10,5 mnkr för nivån. Uppdraget enligt budget, -18,2 finns budgeterad där.\n",
    passing="Avvikelsen är -10,5 mnkr för nivån. Uppdraget enligt budget, -18,2 mnkr finns budgeterad där.\n",
    printed="-18,2",
)
def number_without_unit(report: Report) -> Iterator[Remark]:
    """Amounts whose unit only the sentence before tells."""
    for fact in report.prose.facts:
        alone = fact.unit_is_assumed and not any(
            other.sentence is fact.sentence and not other.unit_is_assumed for other in report.prose.facts
        )
        if alone:
            yield remark("K069", fact.spans, confidence=0.7, printed=fact.number.text)
