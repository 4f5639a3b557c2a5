"""Syntax of Pandoc, R Markdown and bookdown that Compositor's own Markdown does not have."""
