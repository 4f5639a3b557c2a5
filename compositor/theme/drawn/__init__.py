"""Drawn from the digest of a title: the field of squares of a cover and of openers, the ornament, the hue."""
