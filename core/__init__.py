"""What a KPI is and how it is computed, from platform exports or any data frame.

Nothing here is imported until it is used: a function in an Excel cell needs the catalogue and
the formulas at once, and neither pandas nor narwhals.
"""
