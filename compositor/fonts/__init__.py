"""Fonts as style sheets name them and as their files have them. It needs nothing of themes, which typesetters lack."""
