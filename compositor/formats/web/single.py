"""Book + Theme -> the site as one page in one file that needs no other."""
