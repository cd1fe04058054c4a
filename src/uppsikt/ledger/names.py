"""What the user calls the fields of a posting, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from uppsikt.core.language import Text
from uppsikt.core.postings import DIMENSION_NAMES

FIELD_NAMES: Mapping[str, Text] = {
    "date": Text("Datum", "Date"),
    "period": Text("Period", "Period"),
    "amount": Text("Belopp", "Amount"),
    "debit": Text("Debet", "Debit"),
    "credit": Text("Kredit", "Credit"),
    "series": Text("Serie", "Series"),
    "number": Text("Verifikation", "Voucher"),
    "text": Text("Text", "Text"),
    **{dimension: name.capitalised for dimension, name in DIMENSION_NAMES.items()},
}
