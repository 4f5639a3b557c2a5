"""Checks: of the sources, before anything is made, and of the finished files, before anything is written."""
