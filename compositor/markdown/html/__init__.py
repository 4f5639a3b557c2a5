"""HTML in Markdown -> the tokens that Markdown would have given: a parser reads it, and each element knows its line."""
