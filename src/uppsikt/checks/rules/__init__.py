"""The rules. Importing this package registers them all: a new module of rules is named here."""

from uppsikt.checks.rules import arithmetic as arithmetic
from uppsikt.checks.rules import content as content
from uppsikt.checks.rules import counts as counts
from uppsikt.checks.rules import outcomes as outcomes
from uppsikt.checks.rules import parts as parts
from uppsikt.checks.rules import prose as prose
from uppsikt.checks.rules import references as references
from uppsikt.checks.rules import repeated as repeated
from uppsikt.checks.rules import rows as rows
from uppsikt.checks.rules import shares as shares
from uppsikt.checks.rules import structure as structure
from uppsikt.checks.rules import style as style
from uppsikt.checks.rules import times as times
from uppsikt.checks.rules import told as told
from uppsikt.checks.rules import years as years
