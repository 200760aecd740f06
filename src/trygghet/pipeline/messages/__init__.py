"""The Swedish catalogue of error messages, one module a room, keyed by the error's code."""
