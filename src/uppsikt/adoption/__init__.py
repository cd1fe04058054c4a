"""Adopting a round: everything it rests on under one hash, recomputed whenever asked; corrections as versions."""

from uppsikt.adoption.changes import ForecastChange, VersionChanges
from uppsikt.adoption.selectors import Adopted, Foreseen, adopted, foreseen, unapproved_sections
from uppsikt.adoption.services import adopt
from uppsikt.adoption.verify import verify_adopted

__all__ = [
    "Adopted",
    "ForecastChange",
    "Foreseen",
    "VersionChanges",
    "adopt",
    "adopted",
    "foreseen",
    "unapproved_sections",
    "verify_adopted",
]
