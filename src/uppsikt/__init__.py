"""Uppsikt: one house through which money, goals and words flow from what came in to what was decided."""

__version__ = "0.1.0"
