"""References: ids, links, labels and their numbers, citations."""
