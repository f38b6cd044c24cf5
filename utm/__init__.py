"""What a tracking link is, how it is built and checked. Knows nothing of KPIs or sheets."""
