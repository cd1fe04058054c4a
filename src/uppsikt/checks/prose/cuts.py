"""Sentences that a table cuts in two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uppsikt.checks.document import Span
from uppsikt.checks.prose.sentences import Flow

_SHOWN = 45  # characters shown on either side of the cut
_NUMBER_LAST = re.compile(r"\d\s*$")


@dataclass(frozen=True, eq=False)
class Cut:
    """Where a sentence breaks off, where it goes on, and whether a number was parted from its unit."""

    spans: tuple[Span, ...]
    following: Span
    before: str
    after: str
    parts_a_number: bool


def cuts_of(flows: Sequence[Flow]) -> Iterator[Cut]:
    """Every paragraph that goes on after a table in the middle of a sentence."""
    for flow in flows:
        if flow.table_after is None:
            continue
        text, at = flow.passage.text, flow.cut_at
        before, after = text[:at].rstrip(), text[at:]
        begin = max(0, len(before) - _SHOWN)
        spans = flow.passage.spans(begin, len(before))
        following = flow.passage.spans(at, min(len(text), at + _SHOWN))
        if spans and following:
            yield Cut(
                tuple(reversed(spans)),
                following[0],
                "… " + before[begin:].split(" ", 1)[-1],
                after[:_SHOWN].rsplit(" ", 1)[0] + " …",
                bool(_NUMBER_LAST.search(before)),
            )
