"""This machine: what it has and lacks, what runs on it, and how it is set up. The standard library alone."""
