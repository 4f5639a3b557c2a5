"""Figures: images with captions, and figures of several images."""
