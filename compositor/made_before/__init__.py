"""A book that was made before -> its files, without making them again, if nothing has changed.

of_a_folder.py   before anything of the book is read: its files have the same bytes
of_a_book.py     when it has been read: it is the same book

The first needs nothing but the bytes. The second costs the reading, and finds more: the same book in another folder, as
in a CI job that restores its cache, and one in whose folder an unrelated file has changed.
"""
