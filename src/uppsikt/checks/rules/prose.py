"""Rules K040–K045 and K054: figures in running text against tables and against each other, and their direction."""

from __future__ import annotations

from collections.abc import Iterator

from uppsikt.checks.prose.conflicts import Conflict
from uppsikt.checks.prose.directions import at_odds
from uppsikt.checks.prose.minuses import lost_minuses
from uppsikt.checks.prose.pairs import Pair, slipped
from uppsikt.checks.prose.reading import ALIKE, Prose
from uppsikt.checks.prose.saying import amount, cell_shown, related_to, said, sum_of
from uppsikt.checks.prose.values import Slip, amount_of, slip_between
from uppsikt.checks.registry import rule
from uppsikt.checks.remarks import Related, Remark, remark
from uppsikt.checks.report import Report
from uppsikt.checks.rules.samples import NET_TABLE, PROSE_REPORT, changed
from uppsikt.core.findings import Severity
from uppsikt.core.language import Text

SHORTFALLS = (
    """Kommunstyrelsens avvikelse uppgår till -15,4 mnkr. För statsbidrag är avvikelsen -8,1 mnkr.
Nettokostnadens avvikelse är alltså -15,4 mnkr. Förvaltningens avvikelse är {last} mnkr.

"""
    + NET_TABLE
)
_IN_TABLE = Text("siffran i tabellen", "the figure in the table")
_ELSEWHERE = Text("samma sak på ett annat ställe", "the same thing in another place")


@rule(
    "K040",
    Severity.ERROR,
    name="text-against-table",
    says_sv="Texten säger {said}, tabellen {cell} ({label}).",
    says_en="The text says {said}, the table {cell} ({label}).",
    do_sv="Rätta texten eller tabellen, eller skriv ut vad siffran i texten avser.",
    do_en="Correct the text or the table, or say what the figure in the text is of.",
    why=Text(
        "Läsaren möter samma sak två gånger och får två svar. Regeln söker den rad och kolumn som meningens ord "
        "pekar ut, tillåter avrundning och säger till när siffran är en annan.",
        "The reader meets the same thing twice and gets two answers. The rule finds the row and column that the "
        "sentence's words point at, allows for rounding and speaks when the figure is another.",
    ),
    failing=changed(PROSE_REPORT, "-18,2 mnkr", "-16,2 mnkr"),
    passing=PROSE_REPORT,
    said="−16,2 mnkr",
    cell="−18 151 tkr",
    label="Förvaltning, Avvikelse",
)
def text_against_table(report: Report) -> Iterator[Remark]:
    """Facts whose words point at a cell that says another value."""
    for conflict in report.prose.conflicts:
        if conflict.instead is None and conflict.match.slip not in (Slip.SCALE, Slip.SIGN):
            yield _against_cell("K040", conflict)


@rule(
    "K041",
    Severity.ERROR,
    name="text-against-text",
    says_sv="Här står {one}, på rad {line} står {two} om samma sak.",
    says_en="Here it says {one}, on line {line} it says {two} about the same thing.",
    do_sv="Skriv samma siffra på båda ställena, eller säg vad som skiljer dem åt.",
    do_en="Write the same figure in both places, or say what sets them apart.",
    why=Text(
        "Samma sak med två värden i samma rapport. Regeln jämför bara siffror vars egna ord är nästan desamma "
        "och som skiljer sig åt som vid en felskrivning.",
        "One thing with two values in one report. The rule compares only figures whose own words are nearly the same "
        "and that differ as by a slip of the pen.",
    ),
    failing=(
        "Det centrala stödet visar en negativ avvikelse om -7,6 mnkr enligt prognosen.\n\n"
        "Prognosen för det centrala stödet är en negativ avvikelse om -7,8 mnkr.\n"
    ),
    passing=(
        "Det centrala stödet visar en negativ avvikelse om -7,6 mnkr enligt prognosen.\n\n"
        "Prognosen för det centrala stödet är en negativ avvikelse om -7,6 mnkr.\n"
    ),
    one="−7,8 mnkr",
    line=1,
    two="−7,6 mnkr",
)
def text_against_text(report: Report) -> Iterator[Remark]:
    """Two facts of the same thing that differ by a slip."""
    prose = report.prose
    drifted = {frozenset((drift.one.index, drift.two.index)) for drift in prose.drifts}
    for pair in prose.pairs:
        twins = frozenset((pair.one.sentence.index, pair.two.sentence.index))
        if pair.alike >= ALIKE and twins not in drifted and slipped(pair):
            yield _pair("K041", prose, pair)


@rule(
    "K042",
    Severity.WARNING,
    name="another-scope",
    says_sv="{said} är inte {label} ({cell}) utan stämmer bara med {instead} = {whole}.",
    says_en="{said} is not {label} ({cell}) but agrees only with {instead} = {whole}.",
    do_sv="Säg i texten vad siffran omfattar, eller använd tabellens siffra.",
    do_en="Say in the text what the figure covers, or use the table's figure.",
    why=Text(
        "Namnet i texten är radens namn, men siffran är summan av den raden och en till. Läsaren kan inte veta det.",
        "The name in the text is the row's name, but the figure is the sum of that row and one more. The reader "
        "can't know.",
    ),
    failing=PROSE_REPORT + "\nKommungemensam verksamhet beräknas få en negativ budgetavvikelse med 3,8 mnkr.\n",
    passing=PROSE_REPORT + "\nKommungemensam verksamhet beräknas få en positiv budgetavvikelse med 4,3 mnkr.\n",
    said="−3,8 mnkr",
    label="Kommungemensamt, Avvikelse",
    cell="4 281 tkr",
    instead="Kommungemensamt + statsbidrag",
    whole="−3,8 mnkr",
)
def another_scope(report: Report) -> Iterator[Remark]:
    """Facts that agree only with the named row and another row together."""
    for conflict in report.prose.conflicts:
        if conflict.instead is not None:
            match, other = conflict.match, conflict.instead
            yield remark(
                "K042",
                match.fact.spans,
                confidence=conflict.confidence,
                shown=sum_of(other),
                related=related_to(other.terms, _IN_TABLE),
                said=said(match.fact),
                label=match.label,
                cell=cell_shown(match),
                instead=other.label,
                whole=amount(other.amount.value, match.fact),
            )


@rule(
    "K043",
    Severity.ERROR,
    name="unit-slip-in-text",
    says_sv="{said} är en tiopotens från {cell} ({label}): fel enhet eller fel antal siffror.",
    says_en="{said} is a power of ten from {cell} ({label}): the wrong unit or number of digits.",
    do_sv="Kontrollera om det ska stå tkr eller mnkr, och decimaltecknet.",
    do_en="Check whether thousands or millions are meant, and the decimal mark.",
    why=Text(
        "Tusental i tabellen och miljoner i texten är vanligt, och förväxlas. En siffra som är exakt en faktor 10, "
        "100 eller 1 000 fel är nästan aldrig en annan siffra.",
        "Thousands in the table and millions in the text are common, and get mixed up. A figure that is wrong by "
        "exactly 10, 100 or 1,000 is hardly ever another figure.",
    ),
    failing=changed(PROSE_REPORT, "-18,2 mnkr", "-18,2 tkr"),
    passing=PROSE_REPORT,
    said="−18,2 tkr",
    cell="−18 151 tkr",
    label="Förvaltning, Avvikelse",
)
def unit_slip(report: Report) -> Iterator[Remark]:
    """Facts that are a power of ten from the cell they speak of."""
    for conflict in report.prose.conflicts:
        if conflict.instead is None and conflict.match.slip is Slip.SCALE:
            yield _against_cell("K043", conflict)


@rule(
    "K044",
    Severity.ERROR,
    name="direction-against-sign",
    says_sv="”{word}” står vid {said}: ordet och tecknet säger emot varandra.",
    says_en='"{word}" stands by {said}: the word and the sign contradict each other.',
    do_sv="Ändra ordet eller tecknet.",
    do_en="Change the word or the sign.",
    why=Text(
        "Ett överskott kan inte vara minus, och det som ökat kan inte ha gått från ett större tal till ett mindre.",
        "A surplus can't be minus, and what has risen can't have gone from a larger number to a smaller.",
    ),
    failing="Kommunledningen visar en positiv avvikelse med -6,6 mnkr för året.\n",
    passing="Kommunledningen visar en positiv avvikelse med 6,6 mnkr för året.\n",
    word="positiv",
    said="−6,6 mnkr",
)
def direction_against_sign(report: Report) -> Iterator[Remark]:
    """Words of direction beside numbers that go the other way."""
    for odds in at_odds(report.prose.facts):
        yield remark(
            "K044",
            odds.fact.spans,
            confidence=odds.confidence,
            related=[Related(odds.spans[0], Text("ordet", "the word"))],
            word=odds.word,
            said=odds.shown,
        )


@rule(
    "K045",
    Severity.ERROR,
    name="direction-against-table",
    says_sv="Texten säger {said}, tabellen {cell} ({label}): samma belopp med omvänt tecken.",
    says_en="The text says {said}, the table {cell} ({label}): the same amount with the opposite sign.",
    do_sv="Ändra ordet (överskott, underskott, positiv, negativ) eller tecknet i texten.",
    do_en="Change the word (surplus, deficit, positive, negative) or the sign in the text.",
    why=Text(
        "Ett underskott som i tabellen är ett överskott vänder hela slutsatsen.",
        "A deficit that is a surplus in the table turns the whole conclusion round.",
    ),
    failing=changed(PROSE_REPORT, "positiv avvikelse med 6,6", "negativ avvikelse med 6,6"),
    passing=PROSE_REPORT,
    said="−6,6 mnkr",
    cell="6 587 tkr",
    label="Politisk kommunledning, Avvikelse",
)
def direction_against_table(report: Report) -> Iterator[Remark]:
    """Facts of the right size and the wrong direction."""
    for conflict in report.prose.conflicts:
        if conflict.instead is None and conflict.match.slip is Slip.SIGN:
            yield _against_cell("K045", conflict)


@rule(
    "K054",
    Severity.WARNING,
    name="minus-missing",
    says_sv="Texten säger {said} utan minus, tabellen {cell} ({label}); {signed} andra underskott har minus.",
    says_en="The text says {said} without a minus, the table {cell} ({label}); {signed} other shortfalls have one.",
    do_sv="Skriv ut minustecknet, eller säg med ord att det är ett underskott.",
    do_en="Write the minus, or say in words that it is a shortfall.",
    why=Text(
        "I en rapport som skriver ut minus vid underskott läses en siffra utan tecken som ett överskott. Regeln "
        "talar bara där inget ord i meningen säger åt vilket håll det går.",
        "In a report that writes a minus by shortfalls, a figure without a sign is read as a surplus. The rule "
        "speaks only where no word of the sentence says which way it goes.",
    ),
    failing=SHORTFALLS.format(last="18,2"),
    passing=SHORTFALLS.format(last="-18,2"),
    said="18,2 mnkr",
    cell="−18 151 tkr",
    label="Förvaltning, Avvikelse",
    signed=3,
)
def minus_missing(report: Report) -> Iterator[Remark]:
    """Shortfalls without sign or word, in a report that writes the minus of the others."""
    lost = lost_minuses(report.prose)
    for match in lost.bare:
        yield remark(
            "K054",
            match.fact.spans,
            confidence=0.75,
            related=related_to(match.terms, _IN_TABLE),
            said=said(match.fact),
            cell=cell_shown(match),
            label=match.label,
            signed=lost.signed,
        )


def _against_cell(code: str, conflict: Conflict) -> Remark:
    match = conflict.match
    return remark(
        code,
        match.fact.spans,
        confidence=conflict.confidence,
        shown=sum_of(match),
        related=related_to(match.terms, _IN_TABLE),
        said=said(match.fact),
        cell=cell_shown(match),
        label=match.label,
    )


def _pair(code: str, prose: Prose, pair: Pair) -> Remark:
    """The remark stands at the figure that agrees with less of the rest of the report."""
    one, two = pair.one, pair.two
    if prose.supported.get(two, 0.0) > prose.supported.get(one, 0.0):
        one, two = two, one
    sign = slip_between(one, amount_of(two)) is Slip.SIGN
    return remark(
        code,
        two.spans,
        confidence=min(0.89, 0.4 + 0.45 * pair.alike - (0.1 if sign else 0.0)),
        related=related_to([one], _ELSEWHERE),
        one=said(two),
        line=one.spans[0].line,
        two=said(one),
    )
