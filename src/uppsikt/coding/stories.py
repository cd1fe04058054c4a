"""Decided events as sentences, so that a log of changes reads as a story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from uppsikt.coding.differences import Structure
from uppsikt.coding.events import Event, EventKind
from uppsikt.core.changes import Condition, Portion, SuccessionRule
from uppsikt.core.codeplan import CodePlan
from uppsikt.core.findings import Finding, Place
from uppsikt.core.formats import percent
from uppsikt.core.language import say
from uppsikt.core.postings import DIMENSION_NAMES

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sentence:
    """An event in words. `kind` names its look beside the words."""

    number: int
    kind: EventKind
    says: str
    text: str  # what whoever entered the event wrote of it


@dataclass(frozen=True, slots=True)
class Chapter:
    """What happens on one day."""

    day: date
    sentences: Sequence[Sentence]


def chapters(events: Iterable[Event], plan: CodePlan) -> list[Chapter]:
    """Events as a story, day by day in their own order; names are the plan's before and on the day."""
    ordered = sorted(events, key=lambda event: (event.on, event.number))
    return [
        Chapter(day, [Sentence(event.number, event.kind, sentence(event, plan), event.text) for event in own])
        for day, own in groupby(ordered, key=lambda event: event.on)
    ]


def at_events(findings: Iterable[Finding], key: str) -> list[Finding]:
    """Findings at a reorganisation's events, said to stand at the event rather than on a line of some file."""
    return [
        Finding(own.code, Place(say("händelse {n}", "event {n}", n=own.at.line)), own.facts)
        if own.at.line is not None and own.at.source in ("", key)
        else own
        for own in findings
    ]


def sentence(event: Event, plan: CodePlan) -> str:
    """One event as a sentence in the reader's language."""
    return _Telling(event, plan).says()


class _Telling:
    def __init__(self, event: Event, plan: CodePlan) -> None:
        self.event = event
        self.before = Structure(plan, event.on - _A_DAY, event.dimension, event.hierarchy)
        self.after = Structure(plan, event.on, event.dimension, event.hierarchy)

    def says(self) -> str:
        tell = {
            EventKind.OPEN: self._open,
            EventKind.CLOSE: self._close,
            EventKind.RENAME: self._rename,
            EventKind.MOVE: self._move,
            EventKind.MERGE: self._merge,
            EventKind.SPLIT: self._split,
            EventKind.TRANSFER: self._transfer,
        }
        return tell[self.event.kind]()

    @property
    def _name(self) -> str:
        return self.before.name(self.event.code)

    def _open(self) -> str:
        name = f"{self.event.code} {self.event.name}".strip()
        if self.event.parent is None:
            return say("{name} öppnas överst i trädet.", "{name} opens at the top of the tree.", name=name)
        parent = self.after.name(self.event.parent)
        return say("{name} öppnas under {parent}.", "{name} opens under {parent}.", name=name, parent=parent)

    def _close(self) -> str:
        return say("{name} stängs utan efterträdare.", "{name} closes without a successor.", name=self._name)

    def _rename(self) -> str:
        return say(
            "{name} byter namn till {new}.", "{name} changes its name to {new}.", name=self._name, new=self.event.name
        )

    def _move(self) -> str:
        own = self.before.standing(self.event.code)
        old, new = own.parent if own else None, self.event.parent
        top = say("toppen av trädet", "the top of the tree")
        return say(
            "{name} flyttas från {old} till {new}.",
            "{name} moves from {old} to {new}.",
            name=self._name,
            old=self.before.name(old) if old else top,
            new=self.after.name(new) if new else top,
        )

    def _merge(self) -> str:
        targets = _listed([self.after.name(code) for code in self.event.targets])
        return say("{name} går upp i {targets}.", "{name} merges into {targets}.", name=self._name, targets=targets)

    def _split(self) -> str:
        return say(
            "{name} delas: {rules}.", "{name} is split: {rules}.", name=self._name, rules=self._rules(is_whole=True)
        )

    def _transfer(self) -> str:
        return say(
            "Från {name} förs över: {rules}.",
            "From {name} is transferred: {rules}.",
            name=self._name,
            rules=self._rules(is_whole=False),
        )

    def _rules(self, *, is_whole: bool) -> str:
        rules = self.event.rules
        return "; ".join(self._rule(rule, is_rest=is_whole and at > 0) for at, rule in enumerate(rules))

    def _rule(self, rule: SuccessionRule, *, is_rest: bool) -> str:
        portions = _listed([self._portion(portion, rule) for portion in rule.portions])
        if rule.conditions:
            return f"{conditions_text(rule.conditions)} {portions}"
        return say("resten {portions}", "the rest {portions}", portions=portions) if is_rest else portions

    def _portion(self, portion: Portion, rule: SuccessionRule) -> str:
        share = share_text(portion.parts, sum(own.parts for own in rule.portions))
        if portion.code == self.event.code:
            en = "{share} stay" if share.endswith("parts") and portion.parts > 1 else "{share} stays"
            return say("{share} blir kvar", en, share=share or say("allt", "all of it")).strip()
        name = self.after.name(portion.code)
        return say("{share} till {name}", "{share} to {name}", share=share, name=name).strip()


def conditions_text(conditions: Sequence[Condition]) -> str:
    """Which postings a rule is about: "konto 5, 6A och verksamhet 930"."""
    return _listed([f"{DIMENSION_NAMES[own.dimension]} {', '.join(own.under)}" for own in conditions])


def share_text(parts: int, whole: int) -> str:
    """A portion in words: "60 %", "1 av 3 delar"; "" where it is all."""
    if parts == whole:
        return ""
    share = Decimal(parts) / Decimal(whole)
    for decimals in (0, 1, 2):
        if round(share * 100, decimals) == share * 100:
            return percent(share, decimals)
    return say("{parts} av {whole} delar", "{parts} of {whole} parts", parts=parts, whole=whole)


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return say("{most} och {last}", "{most} and {last}", most=", ".join(names[:-1]), last=names[-1])
