"""What the user calls the fields of a posting, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from uppsikt.core.language import Text

FIELD_NAMES: Mapping[str, Text] = {
    "date": Text("Datum", "Date"),
    "period": Text("Period", "Period"),
    "amount": Text("Belopp", "Amount"),
    "debit": Text("Debet", "Debit"),
    "credit": Text("Kredit", "Credit"),
    "series": Text("Serie", "Series"),
    "number": Text("Verifikation", "Voucher"),
    "text": Text("Text", "Text"),
    "unit": Text("Ansvar", "Unit"),
    "account": Text("Konto", "Account"),
    "activity": Text("Verksamhet", "Activity"),
    "project": Text("Projekt", "Project"),
    "object": Text("Objekt", "Object"),
    "counterparty": Text("Motpart", "Counterparty"),
    "marker": Text("Särskild kodning", "Marker"),
}
