"""The content of the outer margin: notes beside the text, and tables and listings that are wider than the text."""
