"""The variables of the environment by which a user says what is kept between builds, and where."""

from __future__ import annotations

CACHE = "COMPOSITOR_CACHE"
"""Names another folder, or says `off`; `--cache-dir` and `--no-cache` set it."""
OFF = "off"
CACHE_SIZE = "COMPOSITOR_CACHE_SIZE"
"""Says how many megabytes it may have."""
