"""What the rest of a year is likely to come to, from what was: pure numpy, all series at once.

`propose(material)` is the whole of it, and `half_widths_of_sums` for what is summed afterwards. Amounts are floats in
any one unit and keep the sign they have: here nothing is stored and nothing is decided. What is not known is NaN,
never zero.
"""

from uppsikt.suggestions.material import Frame, Material
from uppsikt.suggestions.methods import Method
from uppsikt.suggestions.proposing import Proposals, propose
from uppsikt.suggestions.sums import half_widths_of_sums

__all__ = ["Frame", "Material", "Method", "Proposals", "half_widths_of_sums", "propose"]
