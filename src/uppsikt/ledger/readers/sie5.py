"""SIE 5: XML with the root `Sie` (a whole export) or `SieEntry` (vouchers from a pre-system).

Read by expat as a stream, so that memory doesn't grow with the file and each finding has its line. A
DOCTYPE is refused, and with it every way to make entities of one's own. Source: sie5.xsd by SIE-Gruppen.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from uppsikt.ledger.collect import Collector
from uppsikt.ledger.findings import UNREADABLE
from uppsikt.ledger.findings_sie5 import DOCTYPE, MALFORMED_XML, NOT_SIE5
from uppsikt.ledger.readers.base import Block, Header, LedgerFile
from uppsikt.ledger.readers.sie5_elements import NAMESPACE, Sie5State

_CHUNK_BYTES = 1 << 20
_ROOTS = {"Sie": "5", "SieEntry": "5I"}


class _Refused(Exception):
    """Stops the parser; the finding is already noted."""


def read_sie5(path: Path) -> LedgerFile:
    """Read a SIE 5 file. Faults of the file become findings; nothing in it raises."""
    ledger = LedgerFile(Header("sie5"), iter(()))
    ledger.blocks = _Reading(path, ledger).blocks()
    return ledger


class _Reading:
    """One pass over one file: expat's calls in, blocks out."""

    def __init__(self, path: Path, ledger: LedgerFile) -> None:
        self.path, self.ledger = path, ledger
        self.log = Collector(path.name, ledger.findings)
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.state = Sie5State(ledger, self.log)
        self.tags: list[str] = []

    def blocks(self) -> Iterator[Block]:
        try:
            self.ledger.size_bytes = self.path.stat().st_size
            with self.path.open("rb") as stream:
                while chunk := stream.read(_CHUNK_BYTES):
                    self.parser.Parse(chunk)
                    self.ledger.progress_bytes += len(chunk)
                    if self.state.rows.is_full:
                        yield self.state.rows.take()
                self.parser.Parse(b"", True)
            self.state.finish()
            if len(self.state.rows):
                yield self.state.rows.take()
        except _Refused:
            pass
        except OSError as error:
            self.log.add(UNREADABLE, why=error.strerror or type(error).__name__)
        except expat.ExpatError as error:
            self.log.add(MALFORMED_XML, error.lineno, why=expat.ErrorString(error.code))
        except (LookupError, ValueError, UnicodeError) as error:  # an encoding that isn't, or isn't what it says
            self.log.add(MALFORMED_XML, self.parser.CurrentLineNumber, why=str(error)[:200])
        self.log.close()

    def _doctype(self, *_: object) -> None:
        self.log.add(DOCTYPE, self.parser.CurrentLineNumber)
        raise _Refused

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, tag = name.rpartition(" ")
        if not self.tags:
            self._root(namespace, tag)
        parent = self.tags[-1] if self.tags else ""
        self.tags.append(tag)
        self.state.start(tag, parent, attributes, self.parser.CurrentLineNumber)

    def _root(self, namespace: str, tag: str) -> None:
        if tag not in _ROOTS or namespace not in (NAMESPACE, ""):
            self.log.add(NOT_SIE5, self.parser.CurrentLineNumber, root=tag[:100])
            raise _Refused
        self.state.sie_type = _ROOTS[tag]

    def _end(self, name: str) -> None:
        self.tags.pop()
        self.state.end(name.rpartition(" ")[2])
