"""`make bench` prints every measurement that takes minutes; those that take an hour have commands of their own (`.docs/speed.md`)."""

from tests.bench import extraction, rendering

print(extraction.report())
print(rendering.table(rendering.compare(sheets=1000, rounds=3), sheets=1000))
