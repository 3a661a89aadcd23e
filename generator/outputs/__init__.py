"""Site → files: one function a kind of output, each from the whole site to any number of files,
made or as drafts to be made later. `OUTPUTS` lists them; plugins add theirs.

Pages are made in `outputs/pages/` and rendered with a theme; the map of the site, which needs to know them all, is `sitemap.make_sitemap`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.model import Output, Site
from generator.outputs.calendar import make_calendars
from generator.outputs.data import make_data
from generator.outputs.drafts import Draft
from generator.outputs.exchange import make_exchange
from generator.outputs.feeds import make_feeds
from generator.outputs.search import make_search

Make = Callable[[Site], Iterable[Output | Draft]]

OUTPUTS: list[tuple[str, Make]] = [
    ("feeds", make_feeds),
    ("calendars", make_calendars),
    ("data", make_data),
    ("exchange", make_exchange),
    ("search", make_search),
]
