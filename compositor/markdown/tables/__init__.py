"""Tables: pipes and CSV, captions and notes, widths of columns, cells that span."""
