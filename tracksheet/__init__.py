"""Social-media KPIs and tracking links where marketers already work.

`tracksheet.core` computes KPIs, `tracksheet.excel_addin` writes the workbook; the command line
in `tracksheet.cli` brings them together.
"""
