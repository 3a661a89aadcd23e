"""Who met whom, and who spoke to or about whom: the closest ties of a site, and a drawing of them where networkx is installed.

The drawing is plain SVG made at build time. networkx places the actors; without it (the extra `network`) the page has the table alone, which
says the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import NamedTuple

from markupsafe import Markup

from generator.model import Site
from generator.outputs import addresses
from generator.outputs.markup import escaped
from generator.outputs.plain import line

MOST = 40  # actors in the drawing; more names than that cannot be read
MOST_TIES = 100  # lines between them, and rows of the table
WIDTH, HEIGHT, MARGIN = 960, 640, 40
ROOM = 60  # the height an actor takes where there are few
LONGEST_NAME = 28  # characters beside a dot
LETTER = 6.6  # the width of one, about


class Edge(NamedTuple):
    """Two actors, how often they met, and how often one spoke to or about the other."""

    one: str
    other: str
    met: int
    spoke: int


class Network(NamedTuple):
    """What is shown of a site's ties: its closest ones, and the actors whom they tie."""

    actors: tuple[str, ...]
    ties: tuple[Edge, ...]  # closest first
    all_actors: int  # how many have ties at all
    all_ties: int


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


def has_network(site: Site) -> bool:
    """Whether there is any tie to show."""
    return any(
        site.config.doubtful or not (profile.doubtful or site.profiles[tie.other].doubtful)
        for profile in site.profiles.values()
        for tie in profile.ties
    )


def network(site: Site) -> Network:
    """The actors of the closest ties, as many as can be read, and the closest ties between them."""
    ties = edges(site)
    actors: dict[str, None] = {}
    for tie in ties:
        new = {a: None for a in (tie.one, tie.other) if a not in actors}
        if len(actors) + len(new) <= MOST:
            actors |= new
        if len(actors) == MOST:
            break
    shown = [e for e in ties if e.one in actors and e.other in actors][:MOST_TIES]
    tied = {a for e in shown for a in e[:2]}
    return Network(tuple(a for a in actors if a in tied), tuple(shown), len({a for e in ties for a in e[:2]}), len(ties))


def can_draw() -> bool:
    """Whether the library that places the actors is installed."""
    return find_spec("networkx") is not None


def network_svg(site: Site, shown: Network, title: str) -> Markup | None:
    """The drawing, for the network's page; None without ties or without networkx.

    Each line leads to the pair's sentences. The table below leads there too, so the keyboard stops at the actors alone.
    """
    if not shown.ties or not can_draw():
        return None
    height = min(HEIGHT, 2 * MARGIN + ROOM * len(shown.actors))
    place = layout(shown.actors, shown.ties, height)
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    # `xlink:href`, for scripts of readers and checkers take every `a[href]` for an element of HTML.
    parts = [f'<svg class="network" xmlns:xlink="http://www.w3.org/1999/xlink" {size} role="group" aria-label="{escaped(title)}">']
    parts += ['<g aria-hidden="true">', *(line_of(site, e, place) for e in reversed(shown.ties)), "</g>"]
    parts += [dot_of(site, a, place[a]) for a in shown.actors]
    return Markup("\n".join([*parts, "</svg>"]))


def layout(actors: Sequence[str], ties: Sequence[Edge], height: int) -> dict[str, tuple[int, int]]:
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
    room = WIDTH - 2 * MARGIN - LONGEST_NAME * LETTER
    return {a: (round(MARGIN + across[a] * room), round(MARGIN / 2 + down[a] * (height - MARGIN))) for a in actors}


def ranks(values: Mapping[str, float]) -> dict[str, float]:
    """Each key's place in the order of the values, from 0 to 1. (Rounded first, so that a machine's last digit decides nothing.)"""
    ordered = sorted(values, key=lambda k: (round(values[k], 6), k))
    return {k: n / max(1, len(ordered) - 1) for n, k in enumerate(ordered)}


def line_of(site: Site, tie: Edge, place: dict[str, tuple[int, int]]) -> str:
    """A tie, thicker the closer it is; a broken line where two only spoke of each other. A wide unseen line below it is easy to hit."""
    (x, y), (u, v) = place[tie.one], place[tie.other]
    says = f"{name(site, tie.one)} – {name(site, tie.other)}: ◷ {tie.met} · “” {tie.spoke}"
    width = min(6.0, 1 + (2 * tie.met + tie.spoke) ** 0.5 / 2)
    kind = "met" if tie.met else "spoke"
    ends = f'x1="{x}" y1="{y}" x2="{u}" y2="{v}"'
    href = addresses.relative(addresses.NETWORK, f"{addresses.NETWORK}#{tie_anchor(tie)}")
    return (
        f'<a xlink:href="{escaped(href)}" tabindex="-1"><title>{escaped(says)}</title>'
        f'<line class="hit" {ends}/><line class="{kind}" {ends} stroke-width="{width:.1f}"/></a>'
    )


def dot_of(site: Site, actor: str, at: tuple[int, int]) -> str:
    """An actor, larger the more articles name them, with the name beside."""
    profile = site.profiles[actor]
    radius = min(14.0, 4 + len(profile.articles) ** 0.5)
    shown = name(site, actor)
    if len(shown) > LONGEST_NAME:
        shown = f"{shown[: LONGEST_NAME - 1]}…"
    href = addresses.relative(addresses.NETWORK, addresses.actor_page(actor))
    return (
        f'<a xlink:href="{escaped(href)}"><title>{escaped(name(site, actor))}</title>'
        f'<circle class="{profile.type}" cx="{at[0]}" cy="{at[1]}" r="{radius:.1f}"/>'
        f'<text x="{at[0] + round(radius) + 4}" y="{at[1] + 4}">{escaped(shown)}</text></a>'
    )


def tie_anchor(tie: Edge) -> str:
    """The id of a pair's sentences on the network's page."""
    return f"tie-{addresses.part(tie.one)}~{addresses.part(tie.other)}"


def name(site: Site, actor: str) -> str:
    return line(site.profiles[actor].name)
