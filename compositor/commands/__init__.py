"""What the commands do: everything behind the command line that is more than words in and words out.

tasks.py      a build, a check, the samples, inside the fence
origins.py    what a folder was written for: `doctor BOOK`, `--language`, `init --from`
fetching.py   `fetch`: pictures of the web, the one command that opens a socket for a book
"""
