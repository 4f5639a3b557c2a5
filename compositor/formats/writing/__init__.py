"""Bytes -> files: all of a build, or none."""
