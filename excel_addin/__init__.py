"""Excel, where the report is read.

`write_workbook` renders a `Report` of `tracksheet.core` as an .xlsx file with real tables, native
charts and number formats by unit. It needs no Excel and no account. Nothing here reads or saves a
workbook that people have made: the report is always a new file.
"""

from .tables import TooLarge
from .workbook import WorkbookBusy, write_workbook

__all__ = ["TooLarge", "WorkbookBusy", "write_workbook"]
