"""Harnesses for a coverage-guided fuzzer, one file a target: `seeds()`, our own texts, and `target(data)`, which raises where a law is broken.

`make fuzz` runs them with atheris; tests/test_fuzz.py runs each on its seeds, on what once broke it (`found/`), and on a few changed seeds.
"""

TARGETS = ("paste", "markdown", "html", "sheet", "merge", "sheetedit", "words")
