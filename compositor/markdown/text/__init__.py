"""Running text: headings, callouts, quotations, lists, and what a word can be."""
