"""This machine: what it has and lacks, what runs on it, and how it is set up. Standard library only."""
