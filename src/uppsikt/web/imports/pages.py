"""What the pages of held material need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from uppsikt.audit.actors import Actor, NotAllowed, Verb, require
from uppsikt.core.findings import found
from uppsikt.core.formats import Unit, amount, number
from uppsikt.core.language import Text
from uppsikt.ledger.selectors import BatchFacts, all_batches
from uppsikt.web.actors import may_anywhere, sees_whole, today
from uppsikt.web.errors import Absent
from uppsikt.web.findings import PAGE_UNKNOWN
from uppsikt.web.imports.kinds import Kind, kinds_of
from uppsikt.web.imports.outcomes import Fact
from uppsikt.web.templatetags.uppsikt import clock
from uppsikt.web.words import DIMENSION_LABELS


@dataclass(frozen=True, slots=True)
class Dimension:
    """A register there is a file of."""

    key: str
    label: Text


@dataclass(frozen=True)
class IndexPage:
    """What can be brought and what is held."""

    kinds: Sequence[Kind]
    batches: Sequence[BatchFacts]
    dimensions: Sequence[Dimension]


@dataclass(frozen=True)
class BatchPage:
    """One batch; its periods and findings are its own."""

    batch: BatchFacts
    facts: Sequence[Fact]


def index_page(actor: Actor) -> IndexPage:
    """The page for whoever may bring something."""
    kinds = kinds_of(actor)
    if not kinds:
        raise NotAllowed(actor, Verb.IMPORT_LEDGER)
    batches = sorted(all_batches(), key=lambda batch: batch.imported_at, reverse=True) if sees_whole(actor) else []
    registers = DIMENSION_LABELS if may_anywhere(actor, Verb.EDIT_REGISTER) else {}
    return IndexPage(kinds, batches, [Dimension(key, label) for key, label in registers.items()])


def batch_page(actor: Actor, content_hash: str) -> BatchPage:
    """One batch, for whoever reads the whole municipality: its totals are not any one unit's."""
    require(actor, Verb.READ, [], today())
    for batch in all_batches():
        if batch.content_hash == content_hash:
            return BatchPage(batch, list(_facts(batch)))
    raise Absent(found(PAGE_UNKNOWN))


def _facts(batch: BatchFacts) -> Iterator[Fact]:
    yield Fact(Text("Format", "Format"), f"{batch.format} {batch.sie_type}".strip())
    yield Fact(Text("Mappningsprofil", "Mapping profile"), batch.profile_name)
    if batch.company:
        yield Fact(Text("Företag", "Company"), batch.company)
    yield Fact(Text("Verifikationer", "Vouchers"), number(batch.voucher_count))
    yield Fact(Text("Rader", "Rows"), number(batch.row_count))
    yield Fact(Text("Debet", "Debit"), amount(batch.debit_ore, Unit.KR, 2, with_unit=True))
    yield Fact(Text("Kredit", "Credit"), amount(batch.credit_ore, Unit.KR, 2, with_unit=True))
    yield Fact(Text("Inläst", "Imported"), f"{clock(batch.imported_at)}, {batch.imported_by}")
    if batch.replaced_at:
        yield Fact(Text("Räknas inte sedan", "Not counted since"), clock(batch.replaced_at))
    yield Fact(Text("Innehållets kontrollsumma", "Content hash"), batch.content_hash)
    yield Fact(Text("Filens kontrollsumma", "File hash"), batch.file_hash)
