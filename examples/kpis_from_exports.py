"""Prints a few KPIs by channel and month from a folder of exports."""

import sys
from pathlib import Path

from tracksheet.core.dataset import merge
from tracksheet.core.exports import ExportError, read_export
from tracksheet.core.results import compute

KPIS = ["interactions", "engagement_rate_post", "spend", "cpm"]


def main(folder: Path) -> None:
    """Read what can be read, say what cannot, and print one line per figure."""
    exports = []
    for file in sorted(folder.glob("*.csv")) + sorted(folder.glob("*.xlsx")):
        try:
            exports.append(read_export(file))
        except ExportError as error:
            print(error, file=sys.stderr)
    for entry in compute(merge(exports), KPIS, by=["channel"], period="month").as_list():
        if entry["value"] is not None:
            print(entry["channel"], entry["month"], entry["kpi"], entry["value"], entry["unit"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
