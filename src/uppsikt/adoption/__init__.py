"""Adopting a round: everything it rests on under one hash, recomputed whenever asked; corrections as versions."""

from uppsikt.adoption.changes import ForecastChange, VersionChanges
from uppsikt.adoption.selectors import Adopted, adopted
from uppsikt.adoption.services import adopt
from uppsikt.adoption.verify import verify_adopted

__all__ = ["Adopted", "ForecastChange", "VersionChanges", "adopt", "adopted", "verify_adopted"]
