"""Runs parsed calls of R `survey` through the public API of trygghet: by verb and arguments, never by a case's id."""
