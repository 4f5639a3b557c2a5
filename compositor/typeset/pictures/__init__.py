"""Pictures on paper: images of pixels, and drawings with parts that WeasyPrint does not draw."""
