"""Running text: headings, callouts, quotations, lists, and words with a meaning."""
