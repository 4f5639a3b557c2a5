"""The content of the outer margin: notes beside the text, and what is wider than the text."""
