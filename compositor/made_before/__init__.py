"""A book that was made before -> its files, without making them again, where everything is as it was.

of_a_folder.py   before anything of the book is read: its files have the bytes that they had
of_a_book.py     when it has been read: it is the same book
"""
