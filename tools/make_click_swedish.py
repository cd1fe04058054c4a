"""Write the Swedish of click's own messages as the .mo file that gettext reads.

Our own texts are pairs in the code (docs/decisions/0002); click's are not ours, so they are translated the
way click offers. The .mo is committed; run this after changing the table.
"""

from __future__ import annotations

import struct
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/uppsikt/cli/locale/sv/LC_MESSAGES/uppsikt.mo"
SWEDISH = {
    "%(prog)s, version %(version)s": "%(prog)s, version %(version)s",
    "Aborted!": "Avbrutet!",
    "Argument {name!r} takes {nargs} values.": "Argumentet {name!r} tar {nargs} värden.",
    "Choose from:\n\t{choices}": "Välj bland:\n\t{choices}",
    "Commands": "Kommandon",
    "Could not open file {filename!r}: {message}": "Kunde inte öppna filen {filename!r}: {message}",
    "Do you want to continue?": "Vill du fortsätta?",
    "Error: The two entered values do not match.": "Fel: de två värdena är inte lika.",
    "Error: invalid input": "Fel: ogiltig inmatning",
    "Error: {message}": "Fel: {message}",
    "Got unexpected extra argument ({args})\x00Got unexpected extra arguments ({args})": (
        "Oväntat argument ({args})\x00Oväntade argument ({args})"
    ),
    "Invalid value for {param_hint}: {message}": "Ogiltigt värde för {param_hint}: {message}",
    "Invalid value: {message}": "Ogiltigt värde: {message}",
    "Missing argument": "Argument saknas",
    "Missing command.": "Kommando saknas.",
    "Missing option": "Flagga saknas",
    "Missing parameter": "Parameter saknas",
    "Missing parameter: {param_name}": "Parameter saknas: {param_name}",
    "Missing {param_type}": "{param_type} saknas",
    "No such command {name!r}.": "Det finns inget kommando {name!r}.",
    "No such option {name!r}.": "Det finns ingen flagga {name!r}.",
    "Option {name!r} does not take a value.": "Flaggan {name!r} tar inget värde.",
    "Options": "Flaggor",
    "Positional arguments": "Argument",
    "Repeat for confirmation": "Upprepa för att bekräfta",
    "Show the version and exit.": "Visa versionen.",
    "Show this message and exit.": "Visa den här hjälpen.",
    "Try '{command} {option}' for help.": "Pröva '{command} {option}' för hjälp.",
    "Usage:": "Användning:",
    "default: {default}": "förval: {default}",
    "required": "krävs",
    "directory": "mappen",
    "file": "filen",
    "path": "sökvägen",
    "{name} {filename!r} does not exist.": "{name} {filename!r} finns inte.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} är en mapp.",
    "{name} {filename!r} is a file.": "{name} {filename!r} är en fil.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} går inte att läsa.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} går inte att skriva.",
    "{value!r} is not a valid {number_type}.": "{value!r} är inget giltigt {number_type}.",
    "{value!r} is not one of {choices}.\x00{value!r} is not one of {choices}.": (
        "{value!r} är inte något av {choices}.\x00{value!r} är inte något av {choices}."
    ),
    "{value} is not in the range {range}.": "{value} ligger inte inom {range}.",
}
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"


def mo_bytes(messages: dict[str, str]) -> bytes:
    """The messages in the GNU .mo layout: sorted originals, then translations, each with a table."""
    entries = sorted((key.encode(), value.encode()) for key, value in {"": HEADER, **messages}.items())
    count, start = len(entries), 28
    offset = start + 16 * count
    tables: list[bytes] = []
    body = b""
    for column in (0, 1):
        for entry in entries:
            tables.append(struct.pack("<II", len(entry[column]), offset + len(body)))
            body += entry[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, start, start + 8 * count, 0, 0)
    return head + b"".join(tables) + body


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(mo_bytes(SWEDISH))
    print(TARGET)
