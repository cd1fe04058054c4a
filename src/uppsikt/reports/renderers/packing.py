"""Zip packages with the same bytes every time: fixed order and dates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date


def pack(files: Mapping[str, bytes], day: date) -> bytes:
    """A zip of the files in the order given, all dated `day`."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(_entry(name, day), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def repacked(package: bytes, day: date) -> bytes:
    """A zip package again, without the time it was written."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return pack({name: opened.read(name) for name in opened.namelist()}, day)


def _entry(name: str, day: date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry
