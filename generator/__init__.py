"""Factpress turns news articles into fact sheets that people refine, and fact sheets into a linked static site."""

__version__ = "0.1.0"
