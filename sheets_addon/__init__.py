"""Google Sheets: reads the plan, writes the KPI tabs. Uses core and utm."""
