"""What differs between two structures, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from uppsikt.coding.differences import Difference
from uppsikt.core.formats import number
from uppsikt.core.language import Text, say

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
