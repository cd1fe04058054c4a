"""References in prose turned into printed figures, each noted with its origin for the closing page."""

from __future__ import annotations

from dataclasses import replace

from uppsikt.core.findings import Finding, Place, found
from uppsikt.core.formats import Unit, View
from uppsikt.core.language import say
from uppsikt.reports.document import FigureNote, FigureRun, Origin, OutsideRun, Run, TextRun
from uppsikt.reports.facts import Fact
from uppsikt.reports.findings import (
    DERIVED_CIRCLE,
    DERIVED_MIXED,
    FIGURE_ABSENT,
    REFERENCE_UNREADABLE,
    WORD_WITHOUT_SIGN,
)
from uppsikt.reports.handtyped import HandTyped
from uppsikt.reports.references import (
    FACT_PREFIX,
    NotAReference,
    Printed,
    Reference,
    chosen_word,
    parse_reference,
    print_cell,
    print_number,
    sign_of,
)
from uppsikt.reports.resolver import DerivedFault, Resolved, Resolver, Unresolved, origins_of

UNIT_BY_WORD = {
    **dict.fromkeys(("mnkr", "mkr", "msek", "miljoner"), Unit.MNKR),
    **dict.fromkeys(("tkr", "kkr", "tusen"), Unit.TKR),
    **dict.fromkeys(("kr", "kronor"), Unit.KR),
}


class Citations:
    """Prints references and remembers which figures the prose used."""

    def __init__(self, resolver: Resolver, findings: list[Finding]) -> None:
        self.resolver = resolver
        self.findings = findings
        self._notes: dict[str, FigureNote] = {}

    def run(self, inside: str, place: Place) -> Run:
        """What `{{ inside }}` prints; a fault becomes a finding and prints as "?"."""
        try:
            reference = parse_reference(inside)
        except NotAReference as error:
            self.findings.append(found(REFERENCE_UNREADABLE, place, text=inside.strip(), why=str(error)))
            return TextRun("?")
        try:
            if reference.address.startswith(FACT_PREFIX):
                return self._fact_run(reference, self.resolver.fact(reference.address), place)
            return self._figure_run(reference, self.resolver.figure(reference.address), place)
        except Unresolved as error:
            self.findings.append(error.finding(place))
        except DerivedFault as error:
            code = DERIVED_CIRCLE if error.is_circle else DERIVED_MIXED
            self.findings.append(found(code, place, name=error.name))
        return TextRun("?")

    def notes(self) -> tuple[FigureNote, ...]:
        """The figures used, in the order of the text, each with its origin."""
        from_ledger = [address for address, note in self._notes.items() if not note.origins]
        lineage = self.resolver.lineage(from_ledger)
        return tuple(
            replace(note, period=str(lineage[address].period), origins=origins_of(lineage[address].sources))
            if address in lineage
            else note
            for address, note in self._notes.items()
        )

    def outside(self, text: str, source: str) -> None:
        """Remember a number marked in the text as coming from outside."""
        self._note(f"{text}|{source}", text, text, None, "", "", (Origin(source),))

    def _figure_run(self, reference: Reference, figure: Resolved, place: Place) -> Run:
        self._remember(figure)
        if reference.words:
            word = self._word(reference, sign_of(figure.cell, figure.view), place)
            return FigureRun(figure.address, word)
        if figure.cell.is_absent:
            self.findings.append(found(FIGURE_ABSENT, place, address=figure.address))
        printed = print_cell(reference, figure.cell, figure.view)
        return FigureRun(figure.address, printed.text, printed.value, printed.unit)

    def _remember(self, figure: Resolved) -> None:
        """Note a figure, and what a derived one is made of, so that the way to the files is never cut."""
        text = print_cell(Reference(figure.address, with_unit=True), figure.cell, figure.view).text
        amount_ore = figure.cell.amount_ore
        self._note(figure.address, figure.label, text, amount_ore, "", figure.about, figure.origins)
        for operand in figure.operands:
            self._remember(operand)

    def _fact_run(self, reference: Reference, fact: Fact, place: Place) -> Run:
        plain = Reference(reference.address, with_unit=True)
        whole = self._print_fact(plain, fact)
        self._note(reference.address, fact.label, whole.text, None, fact.period, "", (Origin(fact.origin),))
        if reference.words:
            sign = None if fact.number is None else (fact.number > 0) - (fact.number < 0)
            return OutsideRun(self._word(reference, sign, place), fact.origin, reference.address)
        return OutsideRun(self._print_fact(reference, fact).text, fact.origin, reference.address)

    def _print_fact(self, reference: Reference, fact: Fact) -> Printed:
        if fact.number is None:
            return Printed(fact.value, None, "")
        return print_number(reference, fact.number, fact.unit, fact.decimals)

    def _word(self, reference: Reference, sign: int | None, place: Place) -> str:
        word = chosen_word(reference.words, sign or 0)
        if not sign and len(reference.words) == 2:
            words = "/".join(reference.words)
            self.findings.append(found(WORD_WITHOUT_SIGN, place, address=reference.address, word=word, words=words))
        return word

    def _note(
        self,
        address: str,
        label: str,
        text: str,
        amount_ore: int | None,
        period: str,
        about: str,
        origins: tuple[Origin, ...],
    ) -> None:
        if address not in self._notes:
            anchor = f"figur-{len(self._notes) + 1}"
            self._notes[address] = FigureNote(address, anchor, label, text, amount_ore, period, about, origins)

    def suggest(self, number: HandTyped) -> str:
        """Words that name the one figure which prints as the number typed by hand, "" where none or several do."""
        unit = UNIT_BY_WORD.get(number.unit.lower())
        if unit is None or not number.size:
            return ""
        addresses = {
            statement.address(row, column)
            for statement in self.resolver.statements
            for (row, column), cell in statement.cells.items()
            if cell.amount_ore is not None and _is_same(number, cell.amount_ore, unit, statement.view)
        }
        if len(addresses) != 1:  # among several nobody can tell which was meant
            return ""
        return say(" (kanske menas {address})", " (maybe {address} is meant)", address=addresses.pop())


def _is_same(typed: HandTyped, amount_ore: int, unit: Unit, view: View) -> bool:
    exponent = typed.size.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    places = min(max(decimals, 0), 3) if unit is Unit.MNKR else 0
    return View(view.sign, unit, places).value(amount_ore) == typed.value
