"""Pictures on paper: those made of dots, and drawings with what WeasyPrint does not draw of them."""
