"""Waves compared: change with its interval, breaks that forbid it, and the smallest change that would be seen."""
