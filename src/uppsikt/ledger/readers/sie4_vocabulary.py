"""Fields as written and what they mean, remembered from chunk to chunk of one file."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from uppsikt.ledger.readers.base import ObjectList
from uppsikt.ledger.readers.encoding import Encoding
from uppsikt.ledger.readers.sie4_fields import split_fields
from uppsikt.ledger.readers.sie4_rows import pair_objects

T = TypeVar("T", bound=Hashable)
_REMEMBERED = 200_000  # then forgotten and begun anew, so that memory doesn't follow the file


class Vocabulary(Generic[T]):
    """Gives each distinct meaning a number; two spellings of one meaning have the same number."""

    def __init__(self, read: Callable[[bytes], T]) -> None:
        self._read = read
        self._forget()

    def _forget(self) -> None:
        self._of_raw: dict[bytes, int] = {}
        self._of_value: dict[T, int] = {}
        self.values: list[T] = []
        self._told_ids: set[int] = set()

    def begin_chunk(self) -> None:
        """Make room; numbers given before are void afterwards."""
        if len(self._of_raw) > _REMEMBERED:
            self._forget()

    def numbers(self, raws: Sequence[bytes]) -> NDArray[np.int64]:
        """The numbers of fields as written."""
        known = self._of_raw
        found = [known.get(raw) for raw in raws]
        for index, number in enumerate(found):
            if number is None:
                found[index] = known[raws[index]] = self.number(self._read(raws[index]))
        return np.array(found, np.int64)

    def number(self, value: T) -> int:
        """The number of a meaning."""
        number = self._of_value.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number

    def local(self, numbers: NDArray[np.int64]) -> tuple[list[T], NDArray[np.int32]]:
        """The meanings that occur, each once, and which of them each number is."""
        occurs = np.zeros(len(self.values), np.bool_)
        occurs[numbers] = True
        index = np.cumsum(occurs, dtype=np.int32)[numbers] - np.int32(1)
        return [self.values[number] for number in np.flatnonzero(occurs).tolist()], index

    def untold(self, numbers: NDArray[np.int64]) -> list[T]:
        """The meanings that occur and were not given by an earlier call."""
        occurs = np.zeros(len(self.values), np.bool_)
        occurs[numbers] = True
        new = [number for number in np.flatnonzero(occurs).tolist() if number not in self._told_ids]
        self._told_ids.update(new)
        return [self.values[number] for number in new]


class FieldWords:
    """The vocabularies of one file. An object list that only the exact reader can judge means None."""

    def __init__(self, encoding: Encoding) -> None:
        self.encoding = encoding
        self.accounts = Vocabulary[str](encoding.decode)
        self.objects = Vocabulary[ObjectList | None](self._objects)
        self.texts = Vocabulary[str](encoding.decode)

    def begin_chunk(self) -> None:
        """Make room in each."""
        for vocabulary in (self.accounts, self.objects, self.texts):
            vocabulary.begin_chunk()

    def _objects(self, raw: bytes) -> ObjectList | None:
        fields = split_fields(b"{" + raw + b"}")
        item = fields.items[0]
        if fields.broken_at is not None or len(fields.items) != 1 or not isinstance(item, tuple):
            return None
        return pair_objects(item, self.encoding)
