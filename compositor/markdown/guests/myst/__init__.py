"""Directives of MyST and Sphinx: the rule that finds them, and what each of them becomes."""
