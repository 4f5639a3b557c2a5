"""A book's folder -> its files, and their text. All files of a book are read through this package."""
