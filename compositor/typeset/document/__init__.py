"""Pages of all units -> one PDF: joined, tagged, described."""
