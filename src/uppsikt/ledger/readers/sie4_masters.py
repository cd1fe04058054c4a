"""Everything in a SIE 4 file but vouchers: who, which years, chart of accounts, objects and balances."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from uppsikt.ledger import findings_sie as codes
from uppsikt.ledger.collect import Collector
from uppsikt.ledger.readers.base import (
    AccountName,
    Balance,
    DimensionName,
    FinancialYear,
    Header,
    ObjectList,
    ObjectName,
)
from uppsikt.ledger.readers.encoding import Encoding
from uppsikt.ledger.readers.sie4_fields import Fault, Fields, read_date, word
from uppsikt.ledger.readers.sie4_rows import (
    comma_warning,
    read_account,
    read_amount_field,
    read_objects,
)

YEARLY = ("#IB", "#UB", "#RES")
YEARLY_OF_OBJECTS = ("#OIB", "#OUB")
MONTHLY = ("#PSALDO", "#PBUDGET")
MONEY_LABELS = (*YEARLY, *YEARLY_OF_OBJECTS, *MONTHLY)


@dataclass(slots=True)
class Masters:
    """Reads one record at a time; unknown labels are skipped, as the standard asks."""

    encoding: Encoding
    log: Collector
    header: Header
    accounts: dict[str, AccountName] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    dimensions: dict[str, DimensionName] = field(default_factory=dict)
    objects: dict[tuple[str, str], ObjectName] = field(default_factory=dict)
    balances: list[Balance] = field(default_factory=list)
    stated_type: str = ""
    skipped_object_rows: int = 0
    current_year: FinancialYear | None = None  # the year that #RAR 0 names

    def record(self, fields: Fields, line: int) -> None:
        """Read one record; what is wrong with it goes to the log."""
        label = word(fields, 0).decode("ascii", "replace")
        if label in MONEY_LABELS:
            self._balance(label, fields, line)
            return
        reader = _READERS.get(label)
        if reader is None:
            return
        if fields.broken_at is not None:
            self.log.add(codes.QUOTE, line, label=label)
        reader(self, fields, line)

    def text(self, fields: Fields, index: int) -> str:
        """A field as text, "" where absent."""
        return self.encoding.decode(word(fields, index))

    def _program(self, fields: Fields, line: int) -> None:
        name = f"{self.text(fields, 1)} {self.text(fields, 2)}".strip()
        self.header = replace(self.header, program=name)

    def _format(self, fields: Fields, line: int) -> None:
        if word(fields, 1) != b"PC8":
            self.log.add(codes.FORMAT_NOT_PC8, line, format=self.text(fields, 1)[:40])

    def _generated(self, fields: Fields, line: int) -> None:
        self.header = replace(self.header, generated_on=read_date(word(fields, 1)))

    def _type(self, fields: Fields, line: int) -> None:
        value = self.text(fields, 1)
        if value in ("1", "2", "3", "4"):
            self.stated_type = value
        else:
            self.log.add(codes.TYPE_UNKNOWN, line, value=value[:40])

    def _company(self, fields: Fields, line: int) -> None:
        # some programs forget the quotes, and the record has no other fields than the name
        words = [item for item in fields.items[1:] if isinstance(item, bytes)]
        self.header = replace(self.header, company=self.encoding.decode(b" ".join(words)))

    def _organisation(self, fields: Fields, line: int) -> None:
        self.header = replace(self.header, organisation_no=self.text(fields, 1))

    def _currency(self, fields: Fields, line: int) -> None:
        self.header = replace(self.header, currency=self.text(fields, 1) or "SEK")

    def _value_date(self, fields: Fields, line: int) -> None:
        raw = word(fields, 1)
        if read_date(raw) is None:
            self.log.add(codes.DATE_BAD, line, label="#OMFATTN", date=self.encoding.decode(raw[:40]))
        self.header = replace(self.header, value_date=read_date(raw))

    def _year(self, fields: Fields, line: int) -> None:
        number = _year_number(word(fields, 1))
        start, last = read_date(word(fields, 2)), read_date(word(fields, 3))
        if number is not None and start and last and start <= last:
            year = FinancialYear(number, start, last)
            others = (other for other in self.header.years if other.number != number)
            self.header = replace(self.header, years=(*others, year))
            if number == 0:
                self.current_year = year
            return
        stated = [self.text(fields, index)[:40] for index in (1, 2, 3)]
        code = codes.YEAR_BAD if any(stated[1:]) or number is None else codes.YEAR_EMPTY
        self.log.add(code, line, **dict(zip(("number", "start", "last"), stated, strict=True)))

    def _account(self, fields: Fields, line: int) -> None:
        account = read_account(fields, 1, "#KONTO", self.encoding)
        if isinstance(account, Fault):
            self.log.add(account.code, line, **account.facts)
            return
        self.accounts.setdefault(account, AccountName(account, self.text(fields, 2)))

    def _kind(self, fields: Fields, line: int) -> None:
        self.kinds[self.text(fields, 1)] = self.text(fields, 2)[:1]

    def _dimension(self, fields: Fields, line: int) -> None:
        number = self.text(fields, 1)
        self.dimensions[number] = DimensionName(number, self.text(fields, 2))

    def _sub_dimension(self, fields: Fields, line: int) -> None:
        number = self.text(fields, 1)
        self.dimensions[number] = DimensionName(number, self.text(fields, 2), self.text(fields, 3))

    def _object(self, fields: Fields, line: int) -> None:
        dimension, code = self.text(fields, 1), self.text(fields, 2)
        self.objects.setdefault((dimension, code), ObjectName(dimension, code, self.text(fields, 3)))

    def _balance(self, label: str, fields: Fields, line: int) -> None:
        balance = self._read_balance(label, fields, line)
        if isinstance(balance, Fault):
            self.log.add(balance.code, line, **balance.facts)
        elif self.stated_type == "2" and balance.period and balance.objects:
            self.skipped_object_rows += 1
        else:
            self.balances.append(balance)

    def _read_balance(self, label: str, fields: Fields, line: int) -> Balance | Fault:
        """`#IB year account amount`, with `period` after the year and `{objects}` after the account."""
        monthly, with_objects = label in MONTHLY, label not in YEARLY
        needed = 4 + monthly + with_objects
        if fields.broken_at is not None and fields.broken_at < needed:
            return Fault(codes.QUOTE_IN_MONEY, {"label": label})
        number = _year_number(word(fields, 1))
        if number is None:
            return Fault(codes.YEAR_NUMBER_BAD, {"label": label, "number": self.text(fields, 1)[:40]})
        period = _period(word(fields, 2)) if monthly else None
        if monthly and period is None:
            return Fault(codes.PERIOD_BAD, {"label": label, "period": self.text(fields, 2)[:40]})
        account = read_account(fields, 2 + monthly, label, self.encoding)
        if isinstance(account, Fault):
            return account
        objects: ObjectList | Fault = ()
        if with_objects:
            objects = read_objects(fields, 3 + monthly, label, self.encoding)
        if isinstance(objects, Fault):
            return objects
        if len(fields.items) < needed:
            return Fault(
                codes.FIELD_MISSING,
                {"label": label, "fields": len(fields.items) - 1, "needed": needed - 1},
            )
        amount = read_amount_field(fields, needed - 1, label, self.encoding)
        if isinstance(amount, Fault):
            return amount
        if warning := comma_warning(fields, needed - 1, amount, self.encoding):
            self.log.add(warning.code, line, **warning.facts)
        return Balance(label[1:], number, account, amount.ore, objects, period, line)

    def account_names(self) -> list[AccountName]:
        """The chart of accounts with kinds."""
        return [replace(account, kind=self.kinds.get(account.code, "")) for account in self.accounts.values()]


def _year_number(raw: bytes) -> int | None:
    digits = raw.removeprefix(b"-")
    if not digits.isdigit() or len(digits) > 3:
        return None
    return -int(digits) if raw != digits or int(digits) == 0 else None


def _period(raw: bytes) -> int | None:
    day: date | None = read_date(raw + b"01") if len(raw) == 6 else None
    return day.year * 100 + day.month if day else None


_READERS: dict[str, Callable[[Masters, Fields, int], None]] = {
    "#PROGRAM": Masters._program,
    "#FORMAT": Masters._format,
    "#GEN": Masters._generated,
    "#SIETYP": Masters._type,
    "#FNAMN": Masters._company,
    "#ORGNR": Masters._organisation,
    "#VALUTA": Masters._currency,
    "#OMFATTN": Masters._value_date,
    "#RAR": Masters._year,
    "#KONTO": Masters._account,
    "#KTYP": Masters._kind,
    "#DIM": Masters._dimension,
    "#UNDERDIM": Masters._sub_dimension,
    "#OBJEKT": Masters._object,
}
