"""What the commands do: everything that is more than parsing words and printing words.

building.py   a build or a check, or the result of an earlier one if the folder is unchanged
tasks.py      the work of a check and of the samples, inside the fence
origins.py    what a folder was written for: `doctor BOOK`, `--language`, `init --from`
work.py       what is asked of a book, and the result
fetching.py   `fetch`: pictures of the web; no other command opens a socket for a book
"""
