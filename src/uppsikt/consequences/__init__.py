"""What a reorganisation brings with it: money left behind, budget to move, roles, rounds and statements."""

from uppsikt.consequences.proposal import transfer_file
from uppsikt.consequences.roles import ProposedRole
from uppsikt.consequences.selectors import Consequences, consequences, proposed_transfer
from uppsikt.consequences.services import Adoption, Annulling, adopt, annul

__all__ = [
    "Adoption",
    "Annulling",
    "Consequences",
    "ProposedRole",
    "adopt",
    "annul",
    "consequences",
    "proposed_transfer",
    "transfer_file",
]
