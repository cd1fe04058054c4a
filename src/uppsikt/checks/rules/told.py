"""Rules K046–K049: arithmetic that the running text does itself, and what it claims about tables."""

from __future__ import annotations

from collections.abc import Iterator

from uppsikt.checks.prose.saying import amount, related_to, said, told_sum
from uppsikt.checks.prose.shares import claims_of
from uppsikt.checks.prose.sums import Told
from uppsikt.checks.prose.times import years_at_odds
from uppsikt.checks.registry import rule
from uppsikt.checks.remarks import Related, Remark, remark
from uppsikt.checks.report import Report
from uppsikt.checks.rules.samples import PROSE_REPORT
from uppsikt.core.findings import Severity
from uppsikt.core.language import Text

_WHOLE = Text("helheten", "the whole")
_TERM = Text("ingår i uträkningen", "part of the sum")


@rule(
    "K046",
    Severity.ERROR,
    name="part-over-whole",
    says_sv="Delen {part} är större än helheten {whole}; resten skulle bli {rest}.",
    says_en="The part {part} is larger than the whole {whole}; the rest would be {rest}.",
    do_sv="Nämn den del som går åt andra hållet, eller rätta någon av siffrorna.",
    do_en="Mention the part that goes the other way, or correct one of the figures.",
    why=Text(
        "”Varav” lovar en del av det nyss nämnda. Är delen större måste något annat gå åt andra hållet, och det "
        "måste läsaren få veta.",
        '"Of which" promises a part of what was just named. If the part is larger, something else must go the other '
        "way, and the reader must be told.",
    ),
    failing="Prognosen visar en positiv avvikelse med 6,6 mnkr, varav kanslierna står för 10,2 mnkr.\n",
    passing="Prognosen visar en positiv avvikelse med 6,6 mnkr, varav kanslierna står för 5,2 mnkr.\n",
    part="10,2 mnkr",
    whole="6,6 mnkr",
    rest="−3,6 mnkr",
)
def part_over_whole(report: Report) -> Iterator[Remark]:
    """Parts larger than what they are part of."""
    for excess in report.prose.excesses:
        whole, part = excess.whole, excess.part
        rest = whole.size - part.size
        yield remark(
            "K046",
            part.spans,
            confidence=excess.points,
            related=related_to([whole], _WHOLE),
            part=said(part),
            whole=said(whole),
            rest=amount(rest if whole.value >= 0 else -rest, whole),
        )


@rule(
    "K047",
    Severity.ERROR,
    name="text-arithmetic",
    says_sv="Uträkningen i texten går inte ihop: {sum}.",
    says_en="The arithmetic of the text does not come out: {sum}.",
    do_sv="Räkna om, och rätta den siffra som är fel.",
    do_en="Compute again, and correct the figure that is wrong.",
    why=Text(
        "Texten säger både siffrorna och deras skillnad eller summa. Läsaren kan räkna efter, och gör det.",
        "The text gives both the figures and their difference or sum. The reader can check, and does.",
    ),
    failing="Resultatet blev 462 mkr (143 mkr), vilket är en förbättring med 329 mkr.\n",
    passing="Resultatet blev 462 mkr (143 mkr), vilket är en förbättring med 319 mkr.\n",
    sum="462 − 143 = 319; står 329; skillnad 10",
)
def text_arithmetic(report: Report) -> Iterator[Remark]:
    """Differences and divisions told by the text that don't come out."""
    for told in report.prose.told:
        if not told.holds and (told.slipped or told.unit_slip):
            yield _told(told)


def _told(told: Told) -> Remark:
    shown = told_sum(told.target, told.terms)
    return remark(
        "K047",
        told.target.spans,
        confidence=0.92 if told.points >= 0.9 else min(told.points, 0.85),
        shown=shown,
        related=related_to((term for term, _ in told.terms), _TERM),
        sum=str(shown),
    )


@rule(
    "K048",
    Severity.WARNING,
    name="main-cause",
    says_sv="Texten säger att avvikelsen främst ligger i {named} ({share}), men {larger} är större ({cell}).",
    says_en="The text says the deviation is mainly in {named} ({share}), but {larger} is larger ({cell}).",
    do_sv="Nämn den post som är störst, eller skriv inte ”främst”.",
    do_en='Name the item that is largest, or don\'t write "mainly".',
    why=Text(
        "”Främst” är ett påstående om storlek, och tabellen har svaret.",
        '"Mainly" is a claim about size, and the table has the answer.',
    ),
    failing=PROSE_REPORT + "\nDen totala budgetavvikelsen märks främst inom statsbidrag.\n",
    passing=PROSE_REPORT + "\nDen totala budgetavvikelsen märks främst inom förvaltningen.\n",
    named="statsbidrag",
    share="−8 100",
    larger="Förvaltning",
    cell="−18 151",
)
def main_cause(report: Report) -> Iterator[Remark]:
    """Claims that a deviation is mainly one item's, where another's is larger."""
    for claim in claims_of(report.prose):
        yield remark(
            "K048",
            claim.spans,
            confidence=claim.confidence,
            related=[
                Related(claim.named_cell.span, Text("den nämnda", "the one named")),
                Related(claim.larger_cell.span, Text("en större", "a larger one")),
            ],
            named=claim.named,
            share=claim.named_shown,
            larger=claim.larger,
            cell=claim.larger_shown,
        )


@rule(
    "K049",
    Severity.WARNING,
    name="same-amount-other-years",
    says_sv="{amount} är här från {years}, på rad {line} från {others}.",
    says_en="{amount} is here from {years}, on line {line} from {others}.",
    do_sv="Skriv samma år på båda ställena.",
    do_en="Write the same years in both places.",
    why=Text(
        "Samma belopp om samma sak, men med olika år: ett av ställena är fel eller ofullständigt.",
        "The same amount of the same thing, but with different years: one of the places is wrong or incomplete.",
    ),
    failing=(
        "De politiska kanslierna har överfört resultat från bokslut 2021 med 13,1 mnkr.\n\n"
        "Däri ingår kansliernas överförda resultat från 2019, 2020 och 2021 med 13,1 mnkr.\n"
    ),
    passing=(
        "De politiska kanslierna har överfört resultat från bokslut 2021 med 13,1 mnkr.\n\n"
        "Däri ingår kansliernas överförda resultat från 2021 med 13,1 mnkr.\n"
    ),
    amount="13,1 mnkr",
    years="2019, 2020, 2021",
    line=1,
    others="2021",
)
def other_years(report: Report) -> Iterator[Remark]:
    """The same amount of the same thing, from different years."""
    for odds in years_at_odds(report.prose):
        yield remark(
            "K049",
            odds.two.spans,
            confidence=odds.confidence,
            related=related_to([odds.one], Text("de andra åren", "the other years")),
            amount=odds.two.text,
            years=_listed(odds.two_years),
            line=odds.one.spans[0].line,
            others=_listed(odds.one_years),
        )


def _listed(years: frozenset[int]) -> str:
    return ", ".join(str(year) for year in sorted(years))
