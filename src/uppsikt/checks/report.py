"""What the rules are given: the document, and what was understood of it, worked out once when asked for."""

from __future__ import annotations

from functools import cached_property

from uppsikt.checks.document import Document, Heading, Table
from uppsikt.checks.identity import Identity, identity_of
from uppsikt.checks.prose.facts import Fact
from uppsikt.checks.prose.matching import Match
from uppsikt.checks.prose.reading import Prose
from uppsikt.checks.tables.faults import Fault, faults_of
from uppsikt.checks.tables.settled import settled
from uppsikt.checks.tables.understood import Understood
from uppsikt.checks.tables.usual import understood_together


class Report:
    """A document with what others understood of it. Rules read, they never change anything."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The document's tables, in order, with the figures placed that only a table's totals can place."""
        return tuple(settled(table) for table in self.document.tables)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The document's headings, in order."""
        return tuple(self.document.headings)

    @cached_property
    def identity(self) -> Identity:
        """Which year and round the report says it is of."""
        return identity_of(self.document)

    @cached_property
    def understood(self) -> tuple[Understood, ...]:
        """The tables with their structure, in order."""
        return understood_together(self.tables)

    @cached_property
    def table_faults(self) -> tuple[tuple[Understood, Fault], ...]:
        """What does not add up in the tables, with the cell that would mend it."""
        return tuple((table, fault) for table in self.understood for fault in faults_of(table))

    @cached_property
    def prose(self) -> Prose:
        """The running text in sentences, with its figures and what they were held against."""
        return Prose(self.document, self.tables)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The figures of the running text, in order."""
        return self.prose.facts

    @property
    def matches(self) -> tuple[Match, ...]:
        """What the figures of the running text agree with: cells, sums of cells, other figures."""
        return self.prose.matches
