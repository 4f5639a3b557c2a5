"""Constructs of other tools: each becomes the tokens that Markdown would have given."""
