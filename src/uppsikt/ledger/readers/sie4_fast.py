"""Reading vouchers in arrays: the same result as line by line, many rows at a time.

A chunk of whole lines is looked at as arrays of positions. Lines written as almost all programs write
them are taken apart there; a line with anything unusual (an escape, a comma, eleven-digit kronor) is
given to the exact reader, and a chunk whose lines don't follow #VER { #TRANS … } is left to it whole.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from uppsikt.ledger.readers.base import Block
from uppsikt.ledger.readers.sie4_fields import Fault, split_fields
from uppsikt.ledger.readers.sie4_lines import OTHER, TRANS, VER, Lines, find_lines, is_regular
from uppsikt.ledger.readers.sie4_rows import Row, read_head, read_row
from uppsikt.ledger.readers.sie4_vocabulary import Vocabulary
from uppsikt.ledger.readers.sie4_voucher_table import Heads, VoucherTable
from uppsikt.ledger.readers.sie4_vouchers import Sie4State, voucher_fault
from uppsikt.ledger.readers.sie4_words import (
    LOWER_BYTES,
    Chunk,
    Flags,
    Positions,
    Spans,
    are_digits,
    distinct,
    empty_spans,
    ends_word,
    first_as_digits,
    first_flag,
    flags_blank,
    last_as_digits,
    number_of_digits,
)

T = TypeVar("T", bound=Hashable)

_NO_DAY = np.iinfo(np.int32).min
_FIRST_DAY, _DAYS_END = 19000000, 21000000  # as yyyymmdd
_EXACT_FLOAT = 2**53


def _calendar() -> NDArray[np.int32]:
    """Days since 1970 for each yyyymmdd − 19000000; `_NO_DAY` where there is no such date."""
    days = np.arange(np.datetime64("1900-01-01"), np.datetime64("2100-01-01"))
    months = days.astype("datetime64[M]")
    year = days.astype("datetime64[Y]").astype(np.int64) + 1970
    month = months.astype(np.int64) % 12 + 1
    day = (days - months).astype(np.int64) + 1
    table = np.full(_DAYS_END - _FIRST_DAY, _NO_DAY, np.int32)
    table[year * 10000 + month * 100 + day - _FIRST_DAY] = days.astype(np.int32)
    return table


_CALENDAR = _calendar()


@dataclass(slots=True)
class _Rows:
    """The #TRANS lines: spans and values where regular, `exact` where the exact reader read them."""

    account: Spans
    text: Spans
    ore: NDArray[np.int64]
    days: NDArray[np.int32]
    object_numbers: NDArray[np.int64]
    exact: dict[int, Row | Fault]


def read_chunk(lines: bytes, first_line: int, state: Sie4State) -> Block | None:
    """The chunk's postings as one block; None where the exact reader must read the chunk.

    Nothing of `state` is changed before the chunk is known to be regular.
    """
    if state.current is not None:
        return None
    chunk = Chunk(lines)
    found = find_lines(chunk, lines)
    if found is None or not is_regular(found.kind):
        return None
    for index in np.flatnonzero(found.kind == OTHER).tolist():
        line = chunk.text(int(found.start[index]), int(found.end[index]))
        state.read_line(line, first_line + index)
    return _Reader(chunk, found, first_line, state).block()


class _Reader:
    """One regular chunk on its way to a block."""

    def __init__(self, chunk: Chunk, lines: Lines, first_line: int, state: Sie4State) -> None:
        self.chunk, self.state, self.first_line = chunk, state, first_line
        self.encoding = state.masters.encoding
        self.ver = np.flatnonzero(lines.kind == VER)
        self.trans = np.flatnonzero(lines.kind == TRANS)
        self.lines = lines
        self.voucher_of = np.cumsum(lines.kind == VER)[self.trans] - 1
        self.logged: list[tuple[int, Fault]] = []
        self.words = state.words
        self.words.begin_chunk()

    def block(self) -> Block:
        """Read heads and rows, log what is wrong in the order of the lines, note what was used."""
        heads = self._heads()
        rows = self._rows()
        vouchers = VoucherTable(self.chunk, heads, self.encoding)
        good_row = np.ones(len(self.trans), np.bool_)
        good_row[[index for index, row in rows.exact.items() if isinstance(row, Fault)]] = False
        good_head = np.ones(len(self.ver), np.bool_)
        good_head[[index for index, head in heads.exact.items() if head.fault]] = False
        self._check_sums(rows, good_row, vouchers)
        own_day = rows.days != _NO_DAY
        days = np.where(own_day, rows.days, heads.days.astype(np.int32)[self.voucher_of])
        self._check_days(days, own_day & good_row, heads.days, good_head)
        delivered = good_row & good_head[self.voucher_of]
        block = self._coded(rows, days, good_row, delivered, vouchers)
        self._note_movements(block, heads.days, self.voucher_of[delivered])
        for line, fault in sorted(self.logged, key=lambda entry: entry[0]):
            self.state.log.add(fault.code, line, **fault.facts)
        self.state.vouchers_seen += len(self.ver)
        return block

    def _exact_fields(self, index: int) -> bytes:
        return self.chunk.text(int(self.lines.start[index]), int(self.lines.end[index]))

    def _line_number(self, index: int) -> int:
        return self.first_line + index

    def _log(self, index: int, *faults: Fault) -> None:
        self.logged.extend((self._line_number(index), fault) for fault in faults)

    def _heads(self) -> Heads:
        """#VER series number date ["text"] …"""
        chunk, end = self.chunk, self.lines.end[self.ver]
        at = chunk.skip_blanks(self.lines.start[self.ver] + 4)
        series = chunk.fields(at)
        number = chunk.fields(chunk.skip_blanks(series.after))
        at = chunk.skip_blanks(number.after)
        sure = series.sure & number.sure & (at < end)
        days, at, dated = self._days(at)
        text, whole = self._texts(at, end)
        sure &= whole & dated & (days != _NO_DAY)
        found = Heads(series, number, text, days.astype("datetime64[D]"), {})
        for index in np.flatnonzero(~sure).tolist():
            head = read_head(split_fields(self._exact_fields(int(self.ver[index]))), self.encoding)
            found.exact[index] = head
            found.days[index] = np.datetime64(head.day or date(1970, 1, 1), "D")
            self._log(int(self.ver[index]), *head.warnings, *((head.fault,) if head.fault else ()))
        return found

    def _rows(self) -> _Rows:
        """#TRANS account {objects} amount [date] ["text"] …"""
        chunk, end = self.chunk, self.lines.end[self.trans]
        at = chunk.skip_blanks(self.lines.start[self.trans] + 6)
        words = chunk.words[at]
        length = first_flag(flags_blank(words))
        key = words & LOWER_BYTES[length]  # seven digits are their own key
        account = Spans(at, at + length, at + length, (length > 0) & (length < 8), key, key)
        sure = account.sure & are_digits(first_as_digits(words, length))
        at = chunk.skip_blanks(account.end)
        sure &= chunk.bytes[at] == ord("{")
        objects = self._object_lists(at + 1)
        sure &= objects.sure & (objects.end < end)
        object_numbers = self._numbers(self.words.objects, objects, np.flatnonzero(sure))
        sure &= object_numbers != self.words.objects.number(None)
        ore, at, readable = self._amounts(chunk.skip_blanks(objects.end + 1))
        sure &= readable & (at <= end)
        days, at, dated = self._days(chunk.skip_blanks(at), end)
        text, whole = self._texts(at, end)
        sure &= dated & whole
        rows = _Rows(account, text, ore, days, object_numbers, {})
        for index in np.flatnonzero(~sure).tolist():
            self._read_row_exactly(rows, index)
        return rows

    def _read_row_exactly(self, rows: _Rows, index: int) -> None:
        row = read_row(split_fields(self._exact_fields(int(self.trans[index]))), self.encoding)
        rows.exact[index] = row
        rows.ore[index] = 0 if isinstance(row, Fault) else row.ore
        day = None if isinstance(row, Fault) else row.day
        rows.days[index] = _NO_DAY if day is None else np.datetime64(day, "D").astype(np.int32)
        self._log(int(self.trans[index]), *((row,) if isinstance(row, Fault) else row.warnings))

    def _object_lists(self, at: Positions) -> Spans:
        """From after each `{` to its `}`; most lists are empty, so only the others are walked."""
        spans = Spans(
            at,
            at.copy(),
            at,
            self.chunk.bytes[at] == ord("}"),
            np.zeros(len(at), np.uint64),
            np.zeros(len(at), np.uint64),
        )
        filled = np.flatnonzero(~spans.sure)
        if len(filled):
            walked = self.chunk.until_brace(at[filled])
            spans.end[filled], spans.sure[filled] = walked.end, walked.sure
            spans.key[filled], spans.check[filled] = walked.key, walked.check
        return spans

    def _amounts(self, at: Positions) -> tuple[NDArray[np.int64], Positions, Flags]:
        """-1234.50 as öre, where it ends, and whether it was as plain as that (at most eight digits of kronor)."""
        chunk = self.chunk
        short = first_flag(flags_blank(chunk.words[at]))
        length = short.copy()
        longer = np.flatnonzero(short == 8)
        length[longer] += first_flag(flags_blank(chunk.words[at[longer] + 8]))
        end = at + length
        minus = chunk.bytes[at] == ord("-")
        two, one = chunk.bytes[end - 3] == ord("."), chunk.bytes[end - 2] == ord(".")
        one &= ~two
        whole_end = end - np.where(two, 3, np.where(one, 2, 0))
        digits = whole_end - at - minus
        kept = np.clip(digits, 0, 8)
        whole = last_as_digits(chunk.words[whole_end - 8], kept)
        tens = chunk.bytes[end - np.where(two, 2, 1)].astype(np.int64) - ord("0")
        units = chunk.bytes[end - 1].astype(np.int64) - ord("0")
        decimals = np.where(two, tens * 10 + units, np.where(one, tens * 10, 0))
        readable = (digits >= 1) & (digits <= 8) & are_digits(whole) & (length < 16)
        readable &= ~(two | one) | ((tens >= 0) & (tens <= 9) & (units >= 0) & (units <= 9))
        stop = chunk.bytes[end]
        readable &= ends_word(stop)
        ore = number_of_digits(whole) * 100 + decimals
        return np.where(minus, -ore, ore), end, readable

    def _days(self, at: Positions, end: Positions | None = None) -> tuple[NDArray[np.int32], Positions, Flags]:
        """yyyymmdd, quoted or bare, as days since 1970. Where `end` is given it may be absent or `""`: `_NO_DAY`."""
        chunk = self.chunk
        quoted = chunk.bytes[at] == ord('"')
        start = at + quoted
        words = chunk.words[start]
        digits = are_digits(words)
        # a word that isn't eight digits gives any number: keep it inside the table
        number = np.where(digits, number_of_digits(words), 0) - _FIRST_DAY
        inside = (number >= 0) & (number < _DAYS_END - _FIRST_DAY)
        days = np.where(digits & inside, _CALENDAR[np.where(inside, number, 0)], np.int32(_NO_DAY))
        stop = chunk.bytes[start + 8]
        after = start + 8 + quoted
        sure = (days != _NO_DAY) & np.where(quoted, stop == ord('"'), ends_word(stop))
        if end is not None:
            empty = quoted & (chunk.bytes[start] == ord('"'))
            absent = (at >= end) | empty
            sure |= absent
            days[absent] = _NO_DAY
            after = np.where(absent, np.where(empty, at + 2, at), after)
        return days, after, sure

    def _texts(self, at: Positions, end: Positions) -> tuple[Spans, Flags]:
        """The text, empty where the line ends before it."""
        at = self.chunk.skip_blanks(np.minimum(at, end))
        absent = at >= end
        spans = empty_spans(at, absent.copy())
        present = np.flatnonzero(~absent)
        if len(present):
            found = self.chunk.fields(at[present])
            spans.start[present], spans.end[present] = found.start, found.end
            spans.sure[present] = found.sure & (found.after <= end[present])
            filled = found.end > found.start
            spans.key[present], spans.check[present] = found.key * filled, found.check * filled
        return spans, spans.sure

    def _check_sums(self, rows: _Rows, good: Flags, vouchers: VoucherTable) -> None:
        counts = np.bincount(self.voucher_of, minlength=len(self.ver))
        unread = np.bincount(self.voucher_of[~good], minlength=len(self.ver)) > 0
        running = np.concatenate([np.zeros(1, np.int64), np.cumsum(rows.ore)])
        last = np.cumsum(counts)
        sums = running[last] - running[last - counts]
        for index in np.flatnonzero((counts == 0) | ((sums != 0) & ~unread)).tolist():
            fault = voucher_fault(vouchers.label(index), int(counts[index]), int(sums[index]))
            if fault:
                self._log(int(self.ver[index]), fault)

    def _check_days(
        self, days: NDArray[np.int32], own: Flags, heads: NDArray[np.datetime64], good_head: Flags
    ) -> None:
        """Warn of dates outside the year: of each voucher, and of rows whose own date differs from it."""
        year = self.state.masters.current_year
        if year is None:
            return
        first, last = (np.datetime64(day, "D").astype(np.int32) for day in (year.start, year.last))
        of_heads = heads.astype(np.int32)
        outside = good_head & ((of_heads < first) | (of_heads > last))
        for index in np.flatnonzero(outside).tolist():
            self._log(int(self.ver[index]), self.state.outside_fault(heads[index].item()))
        differs = own & good_head[self.voucher_of] & (days != of_heads[self.voucher_of])
        for index in np.flatnonzero(differs & ((days < first) | (days > last))).tolist():
            day = days[index].astype("datetime64[D]").item()
            self._log(int(self.trans[index]), self.state.outside_fault(day))

    def _coded(
        self, rows: _Rows, days: NDArray[np.int32], good: Flags, delivered: Flags, vouchers: VoucherTable
    ) -> Block:
        """Each distinct account, object list and text once, and rows that point to them."""
        exact = {index: row for index, row in rows.exact.items() if isinstance(row, Row)}
        regular = good.copy()
        regular[list(exact)] = False
        plain = np.flatnonzero(regular)
        words, objects = self.words, rows.object_numbers
        accounts = self._numbers(words.accounts, rows.account, plain)
        texts = self._numbers(words.texts, rows.text, plain)
        for index, row in exact.items():
            accounts[index] = words.accounts.number(row.account)
            objects[index] = words.objects.number(row.objects)
            texts[index] = words.texts.number(row.text)
        self.state.accounts_used.update(words.accounts.untold(accounts[good]))
        self.state.objects_used.update(seen for seen in words.objects.untold(objects[good]) if seen is not None)
        account_names, account_index = words.accounts.local(accounts[delivered])
        object_lists, object_index = words.objects.local(objects[delivered])
        text_values, text_index = words.texts.local(texts[delivered])
        of_rows = self.voucher_of[delivered]
        has_rows = np.bincount(of_rows, minlength=len(self.ver)) > 0
        vouchers.choose(np.flatnonzero(has_rows))
        return Block(
            account_names,
            [seen or () for seen in object_lists],
            vouchers,
            text_values,
            account_index,
            object_index,
            (np.cumsum(has_rows) - 1)[of_rows].astype(np.int32),
            text_index,
            days[delivered].astype("datetime64[D]"),
            rows.ore[delivered],
            (self.trans[delivered] + self.first_line).astype(np.int32),
        )

    def _numbers(self, vocabulary: Vocabulary[T], spans: Spans, rows: Positions) -> NDArray[np.int64]:
        """The number of each named row's field in the vocabulary; 0 in the other rows."""
        first, mine = distinct(spans.key[rows])
        check = spans.check[rows]
        if (check != check[first][mine]).any():
            first = mine = np.arange(len(rows))  # two fields with one key: take each by itself
        raw = self.chunk.raw
        bounds = zip(spans.start[rows[first]].tolist(), spans.end[rows[first]].tolist(), strict=True)
        numbers = np.zeros(len(spans.key), np.int64)
        numbers[rows] = vocabulary.numbers([raw[start:end] for start, end in bounds])[mine]
        return numbers

    def _note_movements(self, block: Block, heads: NDArray[np.datetime64], of_rows: Positions) -> None:
        """Add the rows of vouchers inside the year to the accounts' sums."""
        index, ore = block.account_index, block.amounts_ore
        year = self.state.masters.current_year
        if year is not None:
            within = (heads >= np.datetime64(year.start)) & (heads <= np.datetime64(year.last))
            chosen = within[of_rows]
            index, ore = index[chosen], ore[chosen]
        for account, moved in zip(block.accounts, _sums(index, ore, len(block.accounts)), strict=True):
            if moved or account not in self.state.movements_ore:
                self.state.movements_ore[account] += moved


def _sums(index: NDArray[np.int32], ore: NDArray[np.int64], count: int) -> list[int]:
    if not len(ore):
        return [0] * count
    if int(np.abs(ore).max()) * len(ore) < _EXACT_FLOAT:  # then floating sums are exact, and much faster
        return [int(moved) for moved in np.bincount(index, ore, count)]
    sums = np.zeros(count, np.int64)
    np.add.at(sums, index, ore)
    return [int(moved) for moved in sums]
