"""Who met whom, and who spoke to or about whom: the rows of a table, and the same as a drawing where networkx is installed.

The drawing is plain SVG made at build time. networkx places the actors; without it (the extra `network`) the page has the table alone, which
says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import NamedTuple

from markupsafe import Markup, escape

from generator.model import Site
from generator.outputs import addresses
from generator.outputs.plain import line

MOST = 40  # actors in the drawing; more names than that cannot be read
WIDTH, HEIGHT, MARGIN = 960, 640, 40
LONGEST_NAME = 28  # characters beside a dot


class Edge(NamedTuple):
    """Two actors, how often they met, and how often one spoke to or about the other."""

    one: str
    other: str
    met: int
    spoke: int


def edges(site: Site) -> tuple[Edge, ...]:
    """All ties of the site, the closest first; a meeting weighs twice, for it takes two."""
    found = [
        Edge(profile.id, tie.other, len(tie.events), len(tie.claims))
        for profile in site.profiles.values()
        if site.config.doubtful or not profile.doubtful
        for tie in profile.ties
        if profile.id < tie.other and (site.config.doubtful or not site.profiles[tie.other].doubtful)
    ]
    return tuple(sorted(found, key=lambda e: (-2 * e.met - e.spoke, e.one, e.other)))


def drawn(ties: Sequence[Edge]) -> tuple[list[str], list[Edge]]:
    """The actors of the drawing, all connected with those of the closest tie, and all ties between them; the rest stands in the table."""
    actors: dict[str, None] = dict.fromkeys(ties[0][:2]) if ties else {}
    grown = True
    while grown and len(actors) < MOST:
        # The closest tie that leads on from those drawn so far.
        new = next(({e.one: None, e.other: None} for e in ties if (e.one in actors) != (e.other in actors)), {})
        actors |= new
        grown = bool(new)
    return list(actors), [e for e in ties if e.one in actors and e.other in actors]


def network_svg(site: Site, page: str, title: str) -> Markup | None:
    """The drawing, for a page that stands at `page`; None without ties or without networkx. Each line leads to the pair's sentences."""
    actors, ties = drawn(edges(site))
    if not ties or find_spec("networkx") is None:
        return None
    place = layout(actors, ties)
    parts = [f'<svg class="network" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="{escape(title)}">']
    parts += [line_of(site, page, e, place) for e in ties]
    parts += [dot_of(site, page, a, place[a]) for a in actors]
    return Markup("\n".join([*parts, "</svg>"]))


def layout(actors: Sequence[str], ties: Sequence[Edge]) -> dict[str, tuple[int, int]]:
    """A place for every actor in whole pixels, nearer to those with closer ties. It begins on a circle, so it comes out the same each time.

    Every actor gets a row of their own, in the order of the layout: names stand beside the dots and must not run into each other.
    """
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(actors)
    graph.add_weighted_edges_from((e.one, e.other, (2 * e.met + e.spoke) ** 0.5) for e in ties)
    found = networkx.spring_layout(graph, pos=networkx.circular_layout(graph), k=2.2 / len(actors) ** 0.5, iterations=120)
    across = ranks({a: float(p[0]) for a, p in found.items()})
    down = ranks({a: float(p[1]) for a, p in found.items()})
    room = WIDTH - 2 * MARGIN - LONGEST_NAME * 6
    return {a: (round(MARGIN + across[a] * room), round(MARGIN / 2 + down[a] * (HEIGHT - MARGIN))) for a in actors}


def ranks(values: Mapping[str, float]) -> dict[str, float]:
    """Each key's place in the order of the values, from 0 to 1. (Rounded first, so that a machine's last digit decides nothing.)"""
    ordered = sorted(values, key=lambda k: (round(values[k], 6), k))
    return {k: n / max(1, len(ordered) - 1) for n, k in enumerate(ordered)}


def line_of(site: Site, page: str, tie: Edge, place: dict[str, tuple[int, int]]) -> str:
    """A tie, thicker the closer it is; a broken line where two only spoke of each other."""
    (x, y), (u, v) = place[tie.one], place[tie.other]
    says = f"{name(site, tie.one)} – {name(site, tie.other)}: ◷ {tie.met} · “” {tie.spoke}"
    width = min(6.0, 1 + (2 * tie.met + tie.spoke) ** 0.5 / 2)
    kind = "met" if tie.met else "spoke"
    href = addresses.relative(page, f"{addresses.actor_page(tie.one)}#{tie_anchor(tie.other)}")
    return (
        f'<a href="{escape(href)}" aria-label="{escape(says)}"><title>{escape(says)}</title>'
        f'<line class="{kind}" x1="{x}" y1="{y}" x2="{u}" y2="{v}" stroke-width="{width:.1f}"/></a>'
    )


def dot_of(site: Site, page: str, actor: str, at: tuple[int, int]) -> str:
    """An actor, larger the more articles name them, with the name beside."""
    profile = site.profiles[actor]
    radius = min(14.0, 4 + len(profile.articles) ** 0.5)
    shown = name(site, actor)
    if len(shown) > LONGEST_NAME:
        shown = f"{shown[: LONGEST_NAME - 1]}…"
    return (
        f'<a href="{escape(addresses.relative(page, addresses.actor_page(actor)))}"><title>{escape(name(site, actor))}</title>'
        f'<circle class="{profile.type}" cx="{at[0]}" cy="{at[1]}" r="{radius:.1f}"/>'
        f'<text x="{at[0] + round(radius) + 4}" y="{at[1] + 4}">{escape(shown)}</text></a>'
    )


def tie_anchor(other: str) -> str:
    """The id, on an actor's page, of what ties them to another."""
    return f"with-{addresses.part(other)}"


def name(site: Site, actor: str) -> str:
    return line(site.profiles[actor].name)
