"""Sample exports of an invented café, made here in the exact shape of the platforms' own.

Three months of 2026, the same bytes on every computer. No number, name or text in them is real.
"""

from .plan import plan_rows
from .sample import Sample, Truth
from .story import BRAND
from .write import write_samples

__all__ = ["BRAND", "Sample", "Truth", "plan_rows", "write_samples"]
