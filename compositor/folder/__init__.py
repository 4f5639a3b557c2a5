"""A book's folder -> its files, and their text: the only way from the disk of an author into the press."""
