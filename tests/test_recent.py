"""What is kept of what was made lately."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.outputs.recent import Recent

KEYS = st.integers(0, 12)


@given(st.integers(1, 4), st.lists(st.tuples(st.booleans(), KEYS), max_size=60))
def test_the_last_things_are_at_hand_and_memory_is_bounded(many: int, steps: list[tuple[bool, int]]) -> None:
    recent: Recent[int, str] = Recent(many)
    used: list[int] = []
    for put, key in steps:
        if put:
            recent.put(key, str(key))
            used.append(key)
        elif recent.get(key) is not None:
            used.append(key)
        last = list(dict.fromkeys(reversed(used)))[:many]
        assert len({**recent.old, **recent.young}) <= 2 * many
        assert all({**recent.old, **recent.young}.get(k) == str(k) for k in last)
