"""What differs between two structures, in one sentence; and who answers for a code's money in the second."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from uppsikt.coding.differences import Difference
from uppsikt.core.formats import number, percent
from uppsikt.core.language import Text, say
from uppsikt.core.treediff import Destination

_KINDS = (
    ("is_new", Text("1 ny", "1 new"), Text("{n} nya", "{n} new")),
    ("is_gone", Text("1 som upphör", "1 that ends"), Text("{n} som upphör", "{n} that end")),
    ("is_renamed", Text("1 med nytt namn", "1 with a new name"), Text("{n} med nytt namn", "{n} with new names")),
    ("is_moved", Text("1 på ny plats", "1 in a new place"), Text("{n} på ny plats", "{n} in new places")),
)


def differing_text(found: Sequence[Difference]) -> str:
    """How many codes are new, end, are renamed and moved; only what there is any of."""
    parts = []
    for name, one, many in _KINDS:
        count = sum(bool(getattr(own, name)) for own in found)
        if count:
            parts.append(str(one) if count == 1 else many.filled(n=number(count)))
    if not parts:
        return say("Inget skiljer.", "Nothing differs.")
    if len(parts) == 1:
        return say("Koder som skiljer: {all}.", "Codes that differ: {all}.", all=parts[0])
    most, last = ", ".join(parts[:-1]), parts[-1]
    return say("Koder som skiljer: {most} och {last}.", "Codes that differ: {most} and {last}.", most=most, last=last)


def destinations_text(code: str, found: Sequence[Destination]) -> str:
    """Where a code's earlier money stands: "→ 6510 60 %, 6410 40 %"; what it keeps is told last."""
    if not any(own.code != code for own in found):
        return ""
    others = ", ".join(f"{own.code} {_share(own)}".strip() for own in found if own.code != code)
    kept = [own for own in found if own.code == code]
    if not kept:
        return f"→ {others}"
    share = _share(kept[0]) or say("allt", "all")
    return f"→ {others}; " + say("behåller {share}", "keeps {share}", share=share)


def _share(own: Destination) -> str:
    if own.share is None:
        return say("efter villkor", "by condition")
    share = Decimal(own.share.numerator) / own.share.denominator
    return "" if share == 1 else percent(share, 0 if share * 100 == int(share * 100) else 1)
