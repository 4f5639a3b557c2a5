"""Code: listings, their languages and colours, annotations, code from files, and code in a line."""
