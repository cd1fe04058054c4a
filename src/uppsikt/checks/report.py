"""What the rules are given: the document, and what was understood of it, worked out once when asked for."""

from __future__ import annotations

from functools import cached_property

from uppsikt.checks.document import Document, Heading, Table


class Report:
    """A document with what others understood of it. Rules read, they never change anything."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The document's tables, in order."""
        return tuple(self.document.tables)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The document's headings, in order."""
        return tuple(self.document.headings)
