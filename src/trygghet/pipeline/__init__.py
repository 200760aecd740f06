"""Thin stages and the command line."""
