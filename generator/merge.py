"""The machine's last word, a person's sheet and a new extraction → the sheet with both their work, what was done, and what to remember.

A field that the person left follows the extractor; one that the person changed stays, for good. What a person struck out stays out, what
they wrote is never touched, and what they edited, commented or vouched for never leaves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from generator.align import REFERENCES, align, all_names, exact, same_quote
from generator.model import KINDS, SHEET_FIELDS, Actor, Article, Edit, Extracted, Facts, FactSheet, Problem
from generator.sheetedit import AddFact, Change, NotMeant, RemoveFact, SetField, apply, commented
from generator.sheetfile import own_fields, parse, write

# Fields that make sense only together: who changed one of them has decided on all.
TOGETHER = (
    frozenset({"value", "low", "high", "modifier"}),
    frozenset({"start", "end"}),
    frozenset({"speaker", "speaker_text"}),
    frozenset({"doubtful", "reason"}),
)

Kind = Literal["added", "unchecked", "renamed", "left", "stays", "changed", "kept", "struck", "restored"]


@dataclass(frozen=True)
class Note:
    """One thing that an update did, or left as the person has it."""

    kind: Kind
    of: str  # "claims", "article" …
    id: str
    field: str = ""
    mine: Any = None
    new: Any = None

    def __str__(self) -> str:
        """In plain words."""
        name = f"{self.of}/{self.id}" if self.id else self.of
        where = f"{name} {self.field}".strip()
        return {
            "added": f"added {name}",
            "unchecked": f"added {name} with `checked: false`: this sheet is checked, and nobody has looked at it yet",
            "renamed": f"{name} is now your {self.of}/{self.mine}, for you gave it another id",
            "left": f"took out {name}: the extractor no longer finds it, and nobody had touched it",
            "stays": f"kept {name}, which the extractor no longer finds: it was edited, commented or checked",
            "changed": f"changed {where} from {said(self.mine)} to {said(self.new)}",
            "kept": f"kept your {where} {said(self.mine)}; the extractor now says {said(self.new)}",
            "struck": f"left out {name}, which you struck out",
            "restored": f"brought back {name}",
        }[self.kind]


def said(value: Any) -> str:
    """A value in a sentence."""
    if value is None or value in ("", ()):
        return "nothing"
    if isinstance(value, tuple):
        return "[" + ", ".join(value) + "]"
    text = str(getattr(value, "quote", value))
    return f'"{text}"' if len(text) <= 100 else f'"{text[:97]}…"'


@dataclass(frozen=True)
class Merged:
    """What an update makes of a sheet."""

    text: str  # what the sheet's file is to hold
    base: Extracted | None  # what extracted/<id>.json is to hold, save its key; None: nothing is to be written
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()


def merge(base: FactSheet | None, mine: str | None, new: FactSheet, file: str, restore: Collection[str] = ()) -> Merged:
    """Joins a person's sheet with a new extraction. `restore` names facts by id, or kind/id, that were struck out and shall come back."""
    last = base if base is None or isinstance(base, Extracted) else Extracted(**fields_of_sheet(base))
    if mine is None or not mine.removeprefix("\ufeff").strip():
        return made_new(last, new, restore)
    parsed = parse(mine, file)
    fatal = tuple(p for p in parsed.problems if p.fatal)
    if fatal:
        return Merged(text=mine, base=last, problems=fatal)
    return Merging(last, mine, parsed.sheet, new, file, frozenset(restore)).run()


def fields_of_sheet(sheet: FactSheet) -> dict[str, Any]:
    return {name: getattr(sheet, name) for name in FactSheet.__struct_fields__}


def made_new(last: Extracted | None, new: FactSheet, restore: Collection[str]) -> Merged:
    """A sheet for an article that has none: all that is found, save what was struck out before."""
    struck = {ref: f for ref, f in struck_facts(last) if not asked_for(ref, restore)}
    aligned = align(joined_facts(last, ()), new) if last else new
    shown = visible(aligned, struck, aligned.actors)
    memory = Extracted(**fields_of_sheet(aligned), struck=as_facts(struck))
    return Merged(text=write(shown), base=memory, notes=tuple(Note("added", k, f.id) for k in KINDS for f in getattr(shown, k)))


def asked_for(ref: tuple[str, str], restore: Collection[str]) -> bool:
    return ref[1] in restore or f"{ref[0]}/{ref[1]}" in restore


def struck_facts(last: Extracted | None) -> list[tuple[tuple[str, str], Any]]:
    return [((kind, f.id), f) for kind in KINDS for f in getattr(last.struck, kind)] if last else []


def as_facts(struck: dict[tuple[str, str], Any]) -> Facts:
    return Facts(**{kind: tuple(f for (k, _), f in struck.items() if k == kind) for kind in KINDS})


def joined_facts(last: Extracted, more: Iterable[tuple[str, Any]]) -> FactSheet:
    """All facts that a new one may turn out to be: the machine's, those struck out, and `more`; one an id."""
    facts: dict[str, dict[str, Any]] = {kind: {f.id: f for f in getattr(last, kind)} for kind in KINDS}
    for (kind, id_), fact in (*struck_facts(last), *(((k, f.id), f) for k in KINDS for f in getattr(last.kept, k))):
        facts[kind].setdefault(id_, fact)
    for kind, fact in more:
        facts[kind].setdefault(fact.id, fact)
    return FactSheet(article=last.article, **{kind: tuple(found.values()) for kind, found in facts.items()})


def visible(sheet: FactSheet, struck: Collection[tuple[str, str]], actors: Iterable[Actor]) -> FactSheet:
    """The facts that are not struck out, none of them naming an actor that is."""
    if not struck:
        return sheet
    heirs = heirs_of({f.id: f for f in sheet.actors if ("actors", f.id) in struck}, actors, struck)
    facts = {kind: tuple(cleaned(kind, f, heirs) for f in getattr(sheet, kind) if (kind, f.id) not in struck) for kind in KINDS}
    return msgspec.structs.replace(sheet, **facts)


def heirs_of(gone: dict[str, Actor], actors: Iterable[Actor], struck: Collection[tuple[str, str]]) -> dict[str, tuple[str | None, str]]:
    """For each actor struck out: the actor that now goes by its name, if one does, and the name. So two actors are made one by hand."""
    named = {name: a.id for a in reversed(list(actors)) if ("actors", a.id) not in struck for name in all_names(a)}
    return {id_: (next((named[n] for n in all_names(a) if n in named), None), a.name) for id_, a in gone.items()}


def cleaned(kind: str, fact: Any, heirs: dict[str, tuple[str | None, str]]) -> Any:
    """A fact that names no actor that was struck out: its heir instead, or for a speaker the article's words."""
    changes: dict[str, Any] = {}
    for name in REFERENCES[kind] if heirs else ():
        its = getattr(fact, name)
        if isinstance(its, tuple):
            then = [heirs[i][0] if i in heirs else i for i in its]
            changes[name] = tuple(dict.fromkeys(i for i in then if i is not None))
        elif its in heirs:
            changes[name] = heirs[its][0]
            if name == "speaker" and heirs[its][0] is None:
                changes["speaker_text"] = fact.speaker_text or heirs[its][1]
    return msgspec.structs.replace(fact, **changes) if changes else fact


class Merging:
    """One merge of a sheet that a person may have touched."""

    def __init__(self, last: Extracted | None, text: str, sheet: FactSheet, new: FactSheet, file: str, restore: frozenset[str]) -> None:
        self.last, self.text, self.mine, self.file, self.restore = last, text, sheet, file, restore
        self.owned = frozenset(last.own) if last else frozenset()
        # The machine's facts that the person's may be compared with; those that the person had written before are not among them.
        self.base = {(k, f.id): f for k in KINDS for f in getattr(last, k, ()) if f"{k}/{f.id}" not in self.owned}
        self.here = {(k, f.id): i for k in KINDS for i, f in enumerate(getattr(sheet, k))}
        own = [(k, f) for k in KINDS for f in getattr(sheet, k) if (k, f.id) not in self.base]
        # What stays in the sheet though it is not found; struck out later, it stays out.
        self.kept = {(k, f.id): f for k in KINDS for f in getattr(last.kept, k)} if last else {}
        target = joined_facts(last or Extracted(article=new.article), own)
        self.new = align(target, new)
        self.struck = self.struck_out()
        gone = {id_: f for (kind, id_), f in self.struck.items() if kind == "actors"}
        self.heirs = heirs_of(gone, sheet.actors, self.struck)
        self.edits = {(e.fact, e.field): e for e in (last.edited if last else ())}
        self.commented = frozenset((k, getattr(sheet, k)[i].id) for k, i in commented(text))
        self.changes: list[Change] = []
        self.notes: list[Note] = []
        self.own: list[str] = []
        self.still: dict[tuple[str, str], Any] = {}
        self.edited: list[Edit] = []

    def struck_out(self) -> dict[tuple[str, str], Any]:
        """What is struck out, as the machine last told it: what was before and is not back, and what the person took out since."""
        found = dict(struck_facts(self.last)) | self.kept
        for kind in KINDS:
            for fact in getattr(self.last, kind, ()):
                found.setdefault((kind, fact.id), fact)
        told = {(k, f.id): f for k in KINDS for f in getattr(self.new, k)}
        return {ref: told.get(ref, f) for ref, f in found.items() if ref not in self.here and not asked_for(ref, self.restore)}

    def run(self) -> Merged:
        """Decides on everything, and writes it."""
        if self.untouched():
            self.notes = difference(visible(self.last, self.struck, ()), self.shown()) if self.last else []
            text = write(self.shown())
        else:
            self.merge_article()
            decided = [self.merge_kind(kind) for kind in KINDS if kind != "actors"]
            self.merge_kind("actors", named_in(decided))
            self.changes.sort(key=lambda c: list(SHEET_FIELDS).index(c.kind))
            try:
                text = apply(self.text, self.changes)
            except NotMeant as e:
                words = f"this sheet cannot be updated: {e}"
                problem = Problem(file=self.file, message=words, hint="it was left as it is; please report this, with the sheet")
                return Merged(text=self.text, base=self.last, problems=(problem,))
        before = {ref for ref, _ in struck_facts(self.last)}
        self.notes += [self.struck_note(*ref) for ref in self.struck if ref not in before]
        memory = Extracted(
            **fields_of_sheet(self.new),
            struck=as_facts(self.struck),
            own=tuple(sorted(self.own)),
            kept=as_facts(self.still),
            edited=tuple(self.edited),
        )
        return Merged(text=text, base=memory, notes=tuple(self.notes))

    def struck_note(self, kind: str, id_: str) -> Note:
        """That a fact was struck out, or that it stands there under another id."""
        gone: Any = self.base.get((kind, id_))
        own: list[Any] = [f for f in getattr(self.mine, kind) if (kind, f.id) not in self.base]
        for fact in own if gone is not None else ():
            if (fact.name == gone.name) if kind == "actors" else (exact(fact) == exact(gone)):
                return Note("renamed", kind, id_, mine=fact.id)
        return Note("struck", kind, id_)

    def shown(self) -> FactSheet:
        return visible(self.new, self.struck, self.new.actors)

    def untouched(self) -> bool:
        """Whether the sheet is word for word what the machine wrote, or would be but for facts struck out."""
        last = self.last
        if last is None or last.own or last.edited or last.kept != Facts() or self.restore:
            return False
        return self.text == write(visible(last, self.struck, last.actors))

    # --- fields ---

    def merge_article(self) -> None:
        mine, new = own_fields("article", self.mine.article), own_fields("article", self.new.article)
        if self.last is None:
            silent = own_fields("article", Article(id="", title=""))
            for name, value in new.items():
                if mine[name] == silent[name] != value:
                    self.changes.append(SetField("article", 0, name, value))
                elif mine[name] != value and name != "checked":
                    self.edited.append(Edit(fact="article", field=name, mine=mine[name]))
            return
        base = own_fields("article", self.last.article)
        self.merge_fields("article", "", 0, mine, base, base, new, new)

    def merge_fact(self, kind: str, index: int, fact: Any, base: Any, new: Any) -> Any:
        """The fields of a fact that all three know; returns what the fact becomes."""
        mine, b, n = own_fields(kind, fact), own_fields(kind, base), own_fields(kind, new)
        clean_b, clean_n = own_fields(kind, cleaned(kind, base, self.heirs)), own_fields(kind, cleaned(kind, new, self.heirs))
        changed = self.merge_fields(kind, fact.id, index, mine, b, clean_b, n, clean_n)
        return msgspec.structs.replace(fact, **changed)

    def merge_fields(
        self,
        kind: str,
        id_: str,
        index: int,
        mine: dict[str, Any],
        base: dict[str, Any],
        clean_base: dict[str, Any],
        new: dict[str, Any],
        clean_new: dict[str, Any],
    ) -> dict[str, Any]:
        """Field by field, by the table; returns the fields that change."""
        ref = f"{kind}/{id_}" if id_ else kind
        touched = {name for name in mine if name != "id" and self.is_edit(ref, name, mine[name], (base[name], clean_base[name]))}
        # What a person vouched for stays word for word, save that quotations and the article's own block follow a corrected article.
        vouched = {name for name in mine if mine["checked"] and name != "evidence" and kind != "article"}
        if "evidence" in touched and not same_quote(mine["evidence"], base["evidence"]):
            vouched = set(mine)  # another sentence: whatever its id says, it is another fact, and the person's
        kept = touched | vouched | {name for group in TOGETHER if group & touched for name in group}
        changed: dict[str, Any] = {}
        for name in SHEET_FIELDS[kind]:
            if name == "id":
                continue
            yours, was, says = mine[name], base[name], clean_new[name]
            if name in touched or (name in kept and new[name] != was and says != yours):
                # What is kept against the extractor's word is the person's from now on.
                edit = self.edit_of(ref, name, yours, was if name in touched else says)
                then = with_news(yours, says, edit) if isinstance(yours, tuple) and name not in vouched else yours
                if name != "checked":  # no extractor ever says so: what the sheet holds is all there is to know
                    self.edited.append(msgspec.structs.replace(edit, mine=plain(then)))
            elif name in kept or new[name] == was:
                then = yours
            else:
                then = says
            if then != yours:
                changed[name] = then
                self.changes.append(SetField(kind, index, name, then))
                self.notes.append(Note("changed", kind, id_, name, yours, then))
            elif name in kept and new[name] != was and says != yours and not (isinstance(yours, tuple) and name not in vouched):
                self.notes.append(Note("kept", kind, id_, name, yours, says))
        return changed

    def is_edit(self, ref: str, name: str, mine: Any, machine: tuple[Any, ...]) -> bool:
        """Whether a field's value is the person's. One that was stays so while it says the same, even if the machine came to agree."""
        edit = self.edits.get((ref, name))
        if edit is not None and remembered(edit.mine) == remembered(plain(mine)):
            return True
        return mine not in machine

    def edit_of(self, ref: str, name: str, mine: Any, machine: Any) -> Edit:
        """What a person made of a field; of a list, what they have put in and taken out up to now."""
        before = self.edits.get((ref, name)) or Edit(fact=ref, field=name)
        if not isinstance(mine, tuple):
            return Edit(fact=ref, field=name, mine=plain(mine))
        added = [v for v in mine if v not in machine or v in before.added]
        removed = [v for v in dict.fromkeys((*before.removed, *machine)) if v not in mine]
        return Edit(fact=ref, field=name, added=tuple(added), removed=tuple(removed))

    # --- facts ---

    def merge_kind(self, kind: str, needed: Collection[str] = ()) -> tuple[str, list[Any]]:
        """The facts of one kind; `needed` are actors that other facts name, which stay. Returns what the sheet will hold."""
        new = {f.id: f for f in getattr(self.new, kind)}
        result: list[Any] = []
        staying: dict[str, int] = {}
        for index, fact in enumerate(getattr(self.mine, kind)):
            base = self.base.get((kind, fact.id))
            if base is None:
                if fact.id in new:
                    self.own.append(f"{kind}/{fact.id}")
                elif (kind, fact.id) in self.kept or f"{kind}/{fact.id}" in self.owned:
                    self.still[(kind, fact.id)] = fact
            elif fact.id in new:
                fact = self.merge_fact(kind, index, fact, base, new[fact.id])
            elif self.may_leave(kind, fact, base) and fact.id not in needed:
                self.changes.append(RemoveFact(kind, index))
                self.notes.append(Note("left", kind, fact.id))
                continue
            else:
                self.notes.append(Note("stays", kind, fact.id))
                self.still[(kind, fact.id)] = fact
            staying[fact.id] = index
            result.append(fact)
        result += self.add_facts(kind, list(new.values()), staying)
        return kind, result

    def may_leave(self, kind: str, fact: Any, base: Any) -> bool:
        """Whether nobody has touched a fact, so that it goes as it came."""
        mine = own_fields(kind, fact)
        machine = (own_fields(kind, base), own_fields(kind, cleaned(kind, base, self.heirs)))
        edited = any(self.is_edit(f"{kind}/{fact.id}", n, v, (machine[0][n], machine[1][n])) for n, v in mine.items() if n != "id")
        return not (edited or fact.checked or (kind, fact.id) in self.commented)

    def add_facts(self, kind: str, new: list[Any], staying: dict[str, int]) -> list[Any]:
        """New facts go beside their neighbours in the article: after the one before them, or before the one after."""
        wanted = [f for f in new if (kind, f.id) not in self.here and (kind, f.id) not in self.struck]
        back = [
            f
            for (k, id_), f in struck_facts(self.last)
            if k == kind and asked_for((k, id_), self.restore) and (k, id_) not in self.here and all(id_ != n.id for n in new)
        ]
        order = [f.id for f in new]
        added = []
        for fact in (*wanted, *back):
            at = order.index(fact.id) if fact.id in order else len(order)
            after = next((staying[i] for i in reversed(order[:at]) if i in staying), None)
            before = next((staying[i] for i in order[at + 1 :] if i in staying), None) if after is None else None
            fact = cleaned(kind, fact, self.heirs)
            self.changes.append(AddFact(kind, fact, after, before))
            news: Kind = "unchecked" if self.mine.article.checked and not fact.checked else "added"
            self.notes.append(Note("restored" if asked_for((kind, fact.id), self.restore) else news, kind, fact.id))
            added.append(fact)
            if fact.id not in order:
                self.still[(kind, fact.id)] = fact
        return added


def with_news(mine: tuple[str, ...], new: tuple[str, ...], edit: Edit) -> tuple[str, ...]:
    """A person's list in the person's order, without what the machine itself takes back, and with what it newly finds."""
    kept = [v for v in mine if v in edit.added or v in new]
    return tuple(kept + [v for v in new if v not in mine and v not in edit.removed])


def plain(value: Any) -> Any:
    """A field's value as JSON holds it."""
    return getattr(value, "quote", value)


def remembered(value: Any) -> Any:
    """A value as it comes back from JSON."""
    return tuple(value) if isinstance(value, list) else value


def named_in(decided: Iterable[tuple[str, list[Any]]]) -> frozenset[str]:
    """The actors that facts name."""
    found: set[str] = set()
    for kind, facts in decided:
        for fact in facts:
            for name in REFERENCES[kind]:
                its = getattr(fact, name)
                found.update(its if isinstance(its, tuple) else [its] if its else [])
    return frozenset(found)


def difference(was: FactSheet, now: FactSheet) -> list[Note]:
    """What changes from one sheet of the machine's to the next."""
    notes: list[Note] = []
    a, b = own_fields("article", was.article), own_fields("article", now.article)
    notes += [Note("changed", "article", "", n, a[n], b[n]) for n in a if a[n] != b[n]]
    for kind in KINDS:
        old = {f.id: f for f in getattr(was, kind)}
        new = {f.id: f for f in getattr(now, kind)}
        notes += [Note("left", kind, i) for i in old if i not in new]
        for id_, fact in new.items():
            if id_ not in old:
                notes.append(Note("added", kind, id_))
                continue
            a, b = own_fields(kind, old[id_]), own_fields(kind, fact)
            notes += [Note("changed", kind, id_, n, a[n], b[n]) for n in a if a[n] != b[n]]
    return notes
