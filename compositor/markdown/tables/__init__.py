"""Tables: pipes and CSV, captions and notes, column widths, spanning cells."""
