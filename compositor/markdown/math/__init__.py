"""Formulas: their syntax, MathML for screens, drawings for paper."""
