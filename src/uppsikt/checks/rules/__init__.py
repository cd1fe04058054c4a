"""The rules. Importing this package registers them all: a new module of rules is named here."""

from uppsikt.checks.rules import arithmetic as arithmetic
from uppsikt.checks.rules import prose as prose
