"""The sampling design and every variance that follows from it."""
