"""What is drawn from a title, by its digest: the field of squares of a cover and of openers, the ornament, the hue."""
