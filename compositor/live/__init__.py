"""`serve`: a book in the browser while it is being written, as a page of its site and as the true pages of its PDF.

The command starts a desk, which watches the folder and has two workers behind the fence: one reads the book and makes
the page for the screen, one sets the pages. A server shows what they have made to browsers of this machine.

serving.py   what the command does, from its beginning to its end
folder.py    a folder    -> what has changed in it
desk.py      a change    -> both workers at work, and what is known of the book
screen.py    the worker that reads; reading.py: how a book is read again and again
site.py      a book      -> files of its site, one at a time, with the places of blocks in the source
paper.py     the worker that sets
raster.py    a page      -> a picture, and the words at a point of it
lines.py     words       -> the line of the source that they stand in
values.py    what the desk and the workers say to each other
told.py      what is known -> JSON for the browser
news.py      what happens -> server-sent events
server.py    requests    -> answers; guard.py: who is answered
running.py   a server that runs -> a file by which `serve --goto` finds it
browser.py   an address  -> the user's browser
page/        the page in the browser
"""
