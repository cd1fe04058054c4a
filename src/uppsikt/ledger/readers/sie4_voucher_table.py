"""A chunk's vouchers as spans of its bytes: decoded when asked for, one by one or side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from uppsikt.ledger.readers.base import Voucher
from uppsikt.ledger.readers.encoding import Encoding
from uppsikt.ledger.readers.sie4_rows import Head, voucher_label
from uppsikt.ledger.readers.sie4_words import Chunk, Positions, Spans


class VoucherColumns(NamedTuple):
    """Vouchers side by side instead of one by one."""

    series: list[str]
    numbers: list[str]
    days: NDArray[np.datetime64]
    texts: list[str]


def columns_of(vouchers: Sequence[Voucher]) -> VoucherColumns:
    """The columns of vouchers that are there one by one."""
    return VoucherColumns(
        [voucher.series for voucher in vouchers],
        [voucher.number for voucher in vouchers],
        np.array([voucher.date for voucher in vouchers], dtype="datetime64[D]"),
        [voucher.text for voucher in vouchers],
    )


@dataclass(slots=True)
class Heads:
    """The #VER lines: spans where regular, `exact` where the exact reader read them."""

    series: Spans
    number: Spans
    text: Spans
    days: NDArray[np.datetime64]
    exact: dict[int, Head]


class VoucherTable(Sequence[Voucher]):
    """A block's vouchers, decoded when asked for: many readers of postings never ask for the texts."""

    def __init__(self, chunk: Chunk, heads: Heads, encoding: Encoding) -> None:
        self._chunk, self._heads, self._encoding = chunk, heads, encoding
        self._chosen = np.arange(len(heads.days))

    def __len__(self) -> int:
        return len(self._chosen)

    def choose(self, chosen: Positions) -> None:
        """Keep these of the chunk's vouchers: those whose rows the block has."""
        self._chosen = chosen

    @overload
    def __getitem__(self, index: int) -> Voucher: ...
    @overload
    def __getitem__(self, index: slice) -> list[Voucher]: ...
    def __getitem__(self, index: int | slice) -> Voucher | list[Voucher]:
        if isinstance(index, slice):
            return [self._voucher(int(place)) for place in self._chosen[index]]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._voucher(int(self._chosen[index]))

    def __iter__(self) -> Iterator[Voucher]:
        return map(self._voucher, self._chosen.tolist())

    def _voucher(self, index: int) -> Voucher:
        head = self._heads.exact.get(index)
        if head is not None:
            return Voucher(head.series, head.number, head.day or date.min, head.text)
        series, number, text = (
            self._encoding.decode(self._chunk.text(int(span.start[index]), int(span.end[index])))
            for span in (self._heads.series, self._heads.number, self._heads.text)
        )
        return Voucher(series, number, self._heads.days[index].item(), text)

    def columns(self) -> VoucherColumns:
        """All vouchers' columns, several times quicker than one voucher after the other."""
        chosen, exact = self._chosen, self._heads.exact
        days = self._heads.days[chosen]
        series, numbers, texts = (
            self._decoded(span) for span in (self._heads.series, self._heads.number, self._heads.text)
        )
        for place in np.flatnonzero(np.isin(chosen, list(exact))).tolist():
            voucher = self[place]
            series[place], numbers[place], texts[place] = voucher.series, voucher.number, voucher.text
            days[place] = np.datetime64(voucher.date, "D")
        return VoucherColumns(series, numbers, days, texts)

    def _decoded(self, span: Spans) -> list[str]:
        raw = self._chunk.raw
        bounds = zip(span.start[self._chosen].tolist(), span.end[self._chosen].tolist(), strict=True)
        # no field holds a line end; and no encoding lets one be part of a character
        whole = b"\n".join([raw[start:end] for start, end in bounds])
        return self._encoding.decode(whole).split("\n") if len(self) else []

    def label(self, index: int) -> str:
        """How people name the voucher, for findings."""
        head = self._heads.exact.get(index)
        if head is not None:
            return head.label
        voucher = self._voucher(index)
        return voucher_label(voucher.series, voucher.number)
