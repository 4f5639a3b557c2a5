"""Parts of a book: front matter, included files, index, glossary, exercises, variables."""
