"""Parts of a book: front matter, parts that are included, index, glossary, exercises, variables."""
