"""`serve`: a book in the browser while it is being written, as a page of its site and as the pages of its PDF.

The command starts a desk, which watches the folder and has two workers inside the fence: one reads the book and makes
the page for the screen, one sets the pages. A server shows the results to browsers of this machine.

serving.py   the command, from beginning to end
folder.py    a folder    -> what has changed in it
desk.py      a change    -> both workers at work, and the state of the book
screen.py    the worker that reads; reading.py: how a book is read again and again
site.py      a book      -> files of its site, one at a time, with the source positions of blocks
paper.py     the worker that sets
raster.py    a page      -> a picture, and the words at a point of it
lines.py     words       -> their line in the source
values.py    messages between the desk and the workers
told.py      the state   -> JSON for the browser
news.py      an event    -> server-sent events
server.py    requests    -> answers; guard.py: which requests are answered
running.py   a running server -> a file by which `serve --goto` finds it
browser.py   an address  -> the user's browser
page/        the page in the browser
"""
