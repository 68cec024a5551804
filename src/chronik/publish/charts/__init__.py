"""Charts as SVG and PNG, and the tables beside them as CSV (decides)."""
