"""What the rest of a year is likely to come to, from what was: pure numpy, all series at once.

`propose(material)` is the whole of it. Amounts are floats in any one unit and keep the sign they have: here
nothing is stored and nothing is decided. What is not known is NaN, never zero.
"""

from uppsikt.suggestions.material import Frame, Material
from uppsikt.suggestions.methods import Method
from uppsikt.suggestions.proposing import Proposals, propose

__all__ = ["Frame", "Material", "Method", "Proposals", "propose"]
