"""Notes: their calls in the text, their texts at the foot of a page or as asides."""
