"""A book that was made before -> its files, without making them again, where everything is as it was.

of_a_folder.py   before anything of the book is read: its files have the bytes that they had
of_a_book.py     when it has been read: it is the same book

The first needs nothing but the bytes. The second costs the reading, and finds more: the same book in another folder, as
in a job that brings its cache along, and one beside which a file has changed that is no part of it.
"""
