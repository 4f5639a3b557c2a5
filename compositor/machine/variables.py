"""The environment variables with which a user sets where results are kept between builds, if at all."""

from __future__ import annotations

CACHE = "COMPOSITOR_CACHE"
"""Names another folder, or is `off`; `--cache-dir` and `--no-cache` set it."""
OFF = "off"
CACHE_SIZE = "COMPOSITOR_CACHE_SIZE"
"""Sets how many megabytes it may have."""
