"""`make bench` prints every measurement."""

from tests.bench.extraction import report

print(report())
