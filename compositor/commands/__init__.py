"""What the commands do: everything behind the command line that is more than words in and words out.

building.py   a build or a check: what an earlier command has made of the same folder, else what this one makes
tasks.py      the work of a check and of the samples, inside the fence
origins.py    what a folder was written for: `doctor BOOK`, `--language`, `init --from`
work.py       what is asked of a book, and what has come of it
fetching.py   `fetch`: pictures of the web, the one command that opens a socket for a book
"""
