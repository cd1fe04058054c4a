"""Shares, conditions and kinds as people write them: "60 %", "account: 5, 6A; activity: 930", "slå ihop"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from math import gcd

from uppsikt.coding.event_findings import (
    CONDITION_UNREADABLE,
    SHARE_UNREADABLE,
    SHARES_MIXED,
    SHARES_NOT_WHOLE,
)
from uppsikt.coding.events import EventKind
from uppsikt.core.changes import STANDARD, Condition, Portion, SuccessionRule
from uppsikt.core.codeplan import REPORTING
from uppsikt.core.findings import Finding, found
from uppsikt.core.language import Text, current_language, speaking
from uppsikt.core.postings import DIMENSION_NAMES, DIMENSIONS

_PER_CENT = "%"
_DECIMALS = 3  # of per cent; decimals of 1 have two more
_FINEST_PER_CENT = 100_000  # per cent with so many decimals
_DIMENSION_WORDS: Mapping[str, str] = {
    "enhet": "unit",
    "ansvar": "unit",
    "konto": "account",
    "verksamhet": "activity",
    "projekt": "project",
    "objekt": "object",
    "motpart": "counterparty",
    "markör": "marker",
    "särskild_kodning": "marker",
}
_HIERARCHY_WORDS: Mapping[str, str] = {"rapport": REPORTING, "huvud": STANDARD}


def kind_from(text: str) -> EventKind | None:
    """The kind that a word in either language names; None where it names none."""
    return _kind_words().get(_word(text))


def _kind_words() -> dict[str, EventKind]:
    words = {kind.value: kind for kind in EventKind}
    for language in ("sv", "en"):
        with speaking(language):
            words |= {_word(kind.label): kind for kind in EventKind}
    return words


def _word(text: str) -> str:
    return text.strip().lower().replace(" ", "_")


def dimension_from(text: str) -> str:
    """The dimension a word in either language names; the word itself where it names none."""
    word = _word(text)
    return _DIMENSION_WORDS.get(word, word)


def dimension_label(dimension: str) -> Text | str:
    """What a dimension is called in a sentence; what is none, as it was written."""
    return DIMENSION_NAMES.get(dimension, dimension)


def hierarchy_from(text: str) -> str:
    """The hierarchy a word names; the standard one where there is no word."""
    word = _word(text)
    return _HIERARCHY_WORDS.get(word, word) or STANDARD


def portions_from(source: str, written: Sequence[tuple[str, str]]) -> tuple[tuple[Portion, ...], list[Finding]]:
    """Portions from codes and shares as written: all in per cent, all in whole parts, or one with no share.

    Decimals that make exactly 1 are per cent too: so a spreadsheet keeps a cell that shows 40 %.
    """
    shares = [share.strip() for _, share in written]
    if len(written) == 1 and not shares[0]:
        return (Portion(written[0][0]),), []
    numbers = [_number(share.removesuffix(_PER_CENT)) for share in shares]
    unread = [share for share, number in zip(shares, numbers, strict=True) if number is None]
    if unread:
        return (), [found(SHARE_UNREADABLE, value=share or "–") for share in dict.fromkeys(unread)]
    if odd := _odd_one(shares):
        return (), [found(SHARES_MIXED, value=odd)]
    sizes = [number for number in numbers if number is not None]
    if not shares[0].endswith(_PER_CENT):
        fractions = [share for share, size in zip(shares, sizes, strict=True) if _decimals(size)]
        if fractions and sum(sizes) != 1:
            return (), [found(SHARE_UNREADABLE, value=fractions[0])]
    elif sum(sizes) != 100:
        return (), [found(SHARES_NOT_WHOLE, value=source, total=_said(sum(sizes, Decimal(0))))]
    elif any(_decimals(size) > _DECIMALS for size in sizes):
        return (), [found(SHARE_UNREADABLE, value=shares[0])]
    scale = 10 ** max((_decimals(number) for number in sizes), default=0)
    parts = [1] if len(sizes) == 1 else [int(number * scale) for number in sizes]
    return tuple(Portion(code, part) for (code, _), part in zip(written, parts, strict=True)), []


def _odd_one(shares: Sequence[str]) -> str | None:
    """The first share written the rarer way, where some are in per cent and some are not."""
    in_per_cent = [share for share in shares if share.endswith(_PER_CENT)]
    others = [share for share in shares if not share.endswith(_PER_CENT)]
    return min(others, in_per_cent, key=len)[0] if in_per_cent and others else None


def _number(text: str) -> Decimal | None:
    plain = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 < number <= 100_000 and _decimals(number) <= _DECIMALS + 2 else None


def _decimals(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _said(number: Decimal) -> str:
    text = f"{number.normalize():f}"
    return text if current_language() == "en" else text.replace(".", ",")


def share_texts(rule: SuccessionRule) -> list[str]:
    """The shares of a rule's portions as `portions_from` reads them: per cent where that is exact."""
    parts = [portion.parts for portion in in_lowest_terms(rule).portions]
    if len(parts) == 1:
        return [""]
    if _FINEST_PER_CENT % sum(parts) == 0:
        return [f"{_said(Decimal(part) * 100 / sum(parts))} %" for part in parts]
    return [str(part) for part in parts]


def conditions_from(text: str) -> tuple[tuple[Condition, ...], list[Finding]]:
    """Conditions as written: `account: 5, 50; account:reporting: 6A`. Nothing written is no condition."""
    conditions, findings = [], []
    for piece in filter(None, (piece.strip() for piece in text.split(";"))):
        asked, colon, listed = piece.rpartition(":")
        dimension, _, hierarchy = asked.partition(":")
        codes = tuple(filter(None, (code.strip() for code in listed.split(","))))
        own = Condition(dimension_from(dimension), codes, hierarchy_from(hierarchy))
        if not colon or not codes or own.dimension not in DIMENSIONS:
            findings.append(found(CONDITION_UNREADABLE, value=piece))
        else:
            conditions.append(own)
    return tuple(conditions), findings


def conditions_text(conditions: Sequence[Condition]) -> str:
    """Conditions as `conditions_from` reads them."""
    return "; ".join(
        f"{own.dimension}{'' if own.hierarchy == STANDARD else ':' + own.hierarchy}: {', '.join(own.under)}"
        for own in conditions
    )


def in_lowest_terms(rule: SuccessionRule) -> SuccessionRule:
    """The rule with the fewest parts that say the same: 3 and 2 for 60 and 40."""
    common = gcd(*(portion.parts for portion in rule.portions)) or 1
    return SuccessionRule(tuple(Portion(own.code, own.parts // common) for own in rule.portions), rule.conditions)
