"""Finds the stretches of an article that are names.

spaCy's small model marks most names, with wrong borders in one of four. So the borders here are those of runs of capitalised words, with the
small words that belong inside, and cut by titles, by line ends and where a person's name begins. What kind a name is of, `kinds` says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from generator.extract.text import Analysed
from generator.extract.tokens import Tokens, lists, tokens_of
from generator.names import address_forms, countries, demonyms, first_names, known_organizations, places, seats

LONGEST = 14  # words of a name; more is a line of capitals
FOLLOWER = ("ist", "isan", "crat")  # what somebody stands for
DASHES = frozenset({"-", "–", "—", "--"})
OPENINGS = frozenset(
    {"citing", "quoting", "addressing", "joining", "following", "including", "representing", "meeting", "visiting", "facing", "replacing"}
)
PLURALS = frozenset({"People", "Children", "Women", "Men"})
QUOTES = frozenset("\"'“”‘’«»")
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands."""

    first: int  # token
    last: int  # one past its last token
    start: int  # character
    end: int
    text: str
    titled: bool = False  # an office or a form of address stands before it


def find_names(text: Analysed) -> list[Name]:
    """All stretches that may be names, in order.

    Credits name nobody in the news, and in a heading with capitals on every word they mean nothing: only what the article names elsewhere counts there.
    """
    t = tokens_of(text.doc)
    names: list[Name] = []
    i, n = 0, len(t)
    while i < n:
        if not opens_name(t, i):
            i += 1
            continue
        stop = run_end(t, i)
        names += cut_run(t, i, stop)
        i = stop
    share_titles(t, names)
    small = frozenset(w for w in t.text if w.islower() and len(w) > 3)
    common = {m.text: True for m in names if is_common(t, m, small)}
    for m in names:
        if common.get(m.text) and not is_common(t, m, small):
            common[m.text] = False  # it has its capital within a sentence as well
    return [m for m in names if not is_credit(t, m) and not in_title_case(text, m) and not common.get(m.text)]


def share_titles(t: Tokens, names: list[Name]) -> None:
    """Gives the title of the first to those joined to it: "Sens. Ann Lee and Bo Dahl"."""
    plural = False
    for n, m in enumerate(names):
        joined = n > 0 and plural and t.low[names[n - 1].last : m.first] in (["and"], [","], [",", "and"])
        if joined:
            names[n] = replace(m, titled=True)
        k = m.first - 1
        k -= k > 0 and t.text[k] == "."  # the tokenizer parts "Sens." in two
        plural = joined or (k >= 0 and t.text[k] in lists()["plural_titles"])


def is_dateline(t: Tokens, m: Name) -> bool:
    """Whether a name is the agency of a dateline: "BERLIN (Reuters) - …"."""
    return m.first > 0 and m.last + 1 < len(t) and t.text[m.first - 1] == "(" and t.text[m.last] == ")" and t.text[m.last + 1] in DASHES


def is_credit(t: Tokens, m: Name) -> bool:
    """Whether a name follows "Image:" or the like on its line: "Photo: NASA/Jane Roe"."""
    i = m.first - 1
    while i > 0 and m.first - i < 7 and t.pos[i] != "SPACE" and t.text[i] != "." and t.pos[i] != "VERB":
        if t.text[i] == ":":
            return t.low[i - 1] in lists()["credits"]
        i -= 1
    return False


def is_shouted(t: Tokens, m: Name) -> bool:
    """Whether "US" stands among words in capitals, where it is the pronoun: "TELL US MORE"."""
    if m.text != "US":
        return False
    beside = [t.text[i] for i in (m.first - 1, m.last) if 0 <= i < len(t)]
    return any(w.isupper() and len(w) > 2 for w in beside)


def in_title_case(text: Analysed, m: Name) -> bool:
    """Whether a name stands in a heading whose words all have capitals, and is no person's by its first name."""
    paragraph = text.paragraph_at(m.start)
    if paragraph.kind != "heading":
        return False
    words = [w for w in text.article.text[paragraph.start : paragraph.end].split() if len(w) > 3]
    if sum(w[0].islower() for w in words) * 3 >= len(words):
        return False
    return not (m.last - m.first in (2, 3) and m.text.split()[0] in first_names())


def begins_sentence(t: Tokens, i: int) -> bool:
    """Whether a word has its capital for where it stands: first in a sentence, a line or a quotation."""
    return i == 0 or t.opens[i] or t.pos[i - 1] == "SPACE" or t.text[i - 1] in QUOTES or t.text[i - 1] == ":"


def is_common(t: Tokens, m: Name, small: frozenset[str]) -> bool:
    """Whether a name is one common word that only its place gives a capital.

    The article writes it small elsewhere ("Seagrass"), it is a participle ("Reacting, the minister …"), or people of a calling ("Rebels of …").
    """
    if m.last - m.first != 1 or not begins_sentence(t, m.first) or m.text in first_names() or m.text in known_organizations():
        return False
    low = t.low[m.first]
    if m.last < len(t) and t.text[m.last] == "," and low.endswith("ing"):
        return True
    return low in small or (
        low.endswith("s") and low[:-1] in lists()["titles"] and m.text not in lists()["groups"] and m.text not in lists()["org"]
    )


def capital(word: str) -> bool:
    """Whether a word is written like a name: a capital first, or one inside ("eBay")."""
    return word[0].isupper() or (len(word) > 2 and word[0].isalpha() and (word[1].isupper() or word[2].isupper()))


def opens_name(t: Tokens, i: int) -> bool:
    """Whether a name may begin here. At a sentence's start a capital says little, so the tagger must agree."""
    word = t.text[i]
    if not capital(word):
        return i + 2 < len(t) and t.low[i] in ("al", "el") and t.text[i + 1] == "-" and not t.spaced[i] and capital(t.text[i + 2])
    if t.low[i] in lists()["function"] and not (word.isupper() and len(word) > 1):
        return t.ent[i] == "ORG" and i > 0 and t.low[i - 1] == "the"  # "the All Progressives Congress"
    if t.low[i] in lists()["credits"] and i + 1 < len(t) and t.text[i + 1] == ":":
        return False
    if i > 1 and t.text[i - 1] == "-" and not t.spaced[i - 1] and t.text[i - 2].islower():
        return False  # "pro-Beijing", "anti-Trump"
    if t.ent[i] or word in countries():
        return True
    if i == 0 or t.opens[i] or t.pos[i - 1] in ("SPACE", "PUNCT"):
        return t.pos[i] == "PROPN"
    if word in known_organizations():
        return True
    return t.pos[i] in ("PROPN", "NOUN", "ADJ", "X")


def run_end(t: Tokens, i: int) -> int:
    """One past the last token of the run of capitalised words that begins at `i`, with the small words that belong inside."""
    words, n = lists(), len(t)
    j = i + 1
    while j < n and j - i < LONGEST and t.pos[j] != "SPACE":
        if t.opens[j] and not (j - 1 > i and is_initial(t.text[j - 1])):
            break
        word, k = t.text[j], j + 1
        if capital(word):
            if (
                t.low[j] in words["function"]
                and (not word.isupper() or t.pos[j] == "PRON")
                and t.spaced[j - 1]
                and (not t.ent[j] or word == "I")
            ):
                break
            if t.low[j] in words["credits"] and k < n and t.text[k] == ":":
                break
            j += 1
            continue
        if k >= n or t.opens[k] or t.pos[k] == "SPACE":
            break
        glued = not t.spaced[j - 1] and not t.spaced[j]
        if word in ("-", "–"):
            joined = glued and t.text[k][0].isalpha()  # "Jong-un", "NATO-Russia"
        elif word in words["particles"]:
            while k + 1 < n and t.text[k] in words["particles"]:
                j, k = k, k + 1  # "van der Meer"
            joined = capital(t.text[k]) or (t.text[k] == "-" and not t.spaced[j])
        elif word in QUOTES and k + 2 < n and capital(t.text[k]) and t.text[k + 1] in QUOTES and capital(t.text[k + 2]):
            joined, j = True, j + 2  # 'Ramesh "Sunny" Balwani'
        elif word == ",":
            joined = t.text[k] in words["legal"]
        else:
            joined = word in POSSESSIVE and owns_organization(t, i, j)
        if joined:
            j += 2
        elif word in words["inner"] and (stop := across(t, i, j)):
            j = stop
        else:
            break
    return j


def is_initial(word: str) -> bool:
    """Whether a word is a name's initial: after the "W." of George W. Bush no sentence begins, whatever the parser says."""
    return len(word) == 2 and word[1] == "." and word[0].isupper()


def owns_organization(t: Tokens, i: int, j: int) -> bool:
    """Whether the possessive at `j` stands inside a name: "Reindeer Herders' Union", but not "Italy's Supreme Court"."""
    if t.spaced[j - 1] or t.cut(i, j) in countries() or t.cut(i, j) in known_organizations():
        return False
    k = j + 1
    if k < len(t) and t.text[j - 1] in PLURALS and capital(t.text[k]):
        return True  # "Korean People's Army"
    while k < len(t) and capital(t.text[k]) and not t.opens[k]:
        if t.text[k] in lists()["org"]:
            inside = bool(t.ent[j]) and not t.begins[k]
            return inside or (t.text[j] in ("'", "’") and t.text[j - 1].endswith("s"))
        k += 1
    return False


def across(t: Tokens, i: int, j: int) -> int:
    """One past the capitalised word after the small words at `j`, if they belong to one name; else 0."""
    k = j
    while k < len(t) and k - j < 3 and t.text[k] in lists()["inner"] and not t.opens[k]:
        k += 1
    if k >= len(t) or not capital(t.text[k]) or t.opens[k] or t.pos[k] == "SPACE" or t.text[k] in lists()["calendar"]:
        return 0
    if t.low[k] in lists()["titles"] and k + 1 < len(t) and capital(t.text[k + 1]) and not t.opens[k + 1]:
        return 0  # "the Peoples Party of President Asif Zardari"
    small, before = t.text[j], t.text[j - 1]
    if small == "&":
        return k + 1
    one = t.ent[j] in ("ORG", "LAW") and not any(t.begins[j : k + 1])
    headed = [h for h in range(i, j) if t.text[h] in lists()["org"]]
    if (
        small == "of"
        and headed
        and t.text[k] in countries()
        and j - i > 1
        and before in lists()["org"]
        and t.text[j + 1] == "the"
        and not capital(t.text[min(k + 1, len(t) - 1)])
    ):
        return 0  # "Colorado State University of the US": where it is, no part of its name
    if small == "of" and (before in lists()["org"] or before in lists()["of"]):
        return k + 1
    if small in ("for", "on") and headed:
        return k + 1 if one or before in lists()["of"] else 0
    if small == "at":
        return k + 1 if one and t.text[i] == "University" else 0
    if small == "and":
        if t.cut(i, j) in known_organizations() or t.text[k] in first_names() or t.text[k] in countries():
            return 0
        inside = headed and t.ent[k] != "PERSON" and any(t.text[h] in ("of", "for") for h in range(i, j))
        if inside and ((not t.begins[k] and not heads_after(t, k)) or spelled_by(t, k)):
            return k + 1  # "Department of Health and Human Services"
        if i and t.low[i - 1] == "the" and t.ent[i] in ("", "ORG") and heads_after(t, k):
            return k + 1  # "the Transport and Allied Workers' Union"
        if before in lists()["org"] and not heads_after(t, k):
            return 0  # "Trump Media Group and Rumble"
        return k + 1 if one and (headed or heads_after(t, k)) else 0
    return k + 1 if one and headed else 0


def heads_after(t: Tokens, k: int) -> bool:
    """Whether the capitalised words from `k` on end in what organizations are called ("… and Art Gallery")."""
    while k + 1 < len(t) and (capital(t.text[k + 1]) or (t.text[k + 1] in ("'", "’") and t.text[k].endswith("s"))) and not t.opens[k + 1]:
        k += 1
    return t.text[k] in lists()["org"]


def spelled_by(t: Tokens, k: int) -> bool:
    """Whether an acronym in parentheses follows the word at `k` and holds its first letter: "… and Agnostics (UAAR)"."""
    return k + 2 < len(t) and t.text[k + 1] == "(" and t.text[k + 2].isupper() and t.text[k][0] in t.text[k + 2]


def cut_run(t: Tokens, a: int, b: int) -> list[Name]:
    """The names in one run: titles off, a country before a title by itself, two entities that stand side by side apart."""
    words = lists()
    paper = b - a == 2 and t.text[a] == "Sunday" and a > 0 and t.low[a - 1] == "the"  # "the Sunday Mercury"
    while a < b and not paper and (t.text[a] in words["calendar"] or t.low[a] in ("the", "a", "an")) and t.ent[a] != "PERSON":
        a += 1
    while b > a and (
        (t.text[b - 1] in words["calendar"] and t.ent[b - 1] != "PERSON" and not (b - a == 2 and t.text[a] in first_names()))
        or t.text[b - 1] in POSSESSIVE
        or not t.text[b - 1][0].isalnum()
        or t.text[b - 1] in words["inner"]
    ):
        b -= 1
    if b - a > 3 and t.text[a + 1] == "-" and t.low[a] in ("pro", "anti", "pan", "non", "ex", "post", "pre"):
        a += 3
    if b - a > 5 and t.text[a + 1] == "-" and t.text[a + 3] == "-" and t.low[a + 2] == "of":
        a += 5  # "Mum-of-three Kelly Varden"
    if b - a > 5 and t.text[a + 1] == "-" and t.low[a + 2] == "to" and t.low[a + 4] == "be":
        a += 5  # "Groom-to-be Liam"
    if b - a > 1 and t.low[a] in OPENINGS and begins_sentence(t, a):
        a += 1  # "Citing Coast Guard data"
    if b - a > 1 and t.text[a] in ("Democratic", "Republican") and t.text[a + 1] in ("Senate", "House"):
        a += 1  # "Democratic Senate nominee"
    if b - a > 1 and t.low[a] in words["firms"] and begins_sentence(t, a) and t.text[a + 1] not in words["org"]:
        a += 1  # "Chipmaker Axentra"
    if t.text[a] == "Class" and a and t.low[a - 1] in ("1st", "2nd", "3rd", "first", "second", "third"):
        a += 1  # "Sgt. 1st Class Leo Diaz"
    if b - a > 2 and t.low[a].endswith(FOLLOWER) and t.text[a] not in first_names() and t.text[a + 1] in first_names():
        a += 1  # "Nonpartisan Paul Tse", "Scientologist Tom Cruise"
    while b - a > 1 and t.text[b - 1].lower() in words["titles"] and t.text[b - 2] in words["org"]:
        b -= 1  # "the State Department Spokesperson"
    if a >= b:
        return []
    if a > 1 and t.low[a - 1] == "for" and b - a > 2 and (t.low[a - 2] in words["titles"] or t.text[a - 2] == "State"):
        q = next((q for q in range(a + 1, b - 1) if (t.begins[q] and t.ent[q] == "PERSON") or t.text[q] in first_names()), a)
        if q > a:
            return [name(t, q, b, True)]  # "Minister of State for Irrigation Harish Tripathi"
    if a > 1 and t.text[a - 1] == "of" and t.low[a - 2] in words["titles"] and b - a > 1:
        return cut_office(t, a, b)
    whole = t.cut(a, b)
    if whole in countries() or whole in known_organizations():
        return [name(t, a, b)]
    p = title_end(t, a, b)
    if p > a:
        return [*bodies_in_title(t, a, p), *([name(t, p, b, True)] if p < b else [])]
    if b - a > 1 and t.text[b - 1] not in words["org"]:
        if t.text[a] in demonyms() and not any(t.text[q] in words["org"] for q in range(a, b)):
            return cut_run(t, a + 1, b) if t.ent[a + 1] == "PERSON" else []
        for q in range(a + 1, b):
            if t.begins[q] and t.ent[q] == "PERSON" and t.ent[q - 1] in ("ORG", "GPE", "NORP") and t.text[q - 1] not in first_names():
                return [*cut_run(t, a, q), *cut_run(t, q, b)]
            if q + 2 == b and t.text[q] in first_names() and t.text[q - 1] in words["org"]:
                return [*cut_run(t, a, q), *cut_run(t, q, b)]  # "Islamic Relations Alia Salem"
    return [
        name(t, a, b, a > 0 and t.low[a - 1] in words["titles"] and t.text[a - 1].islower() and t.spaced[a - 1] and t.pos[a - 1] != "VERB")
    ]


def bodies_in_title(t: Tokens, a: int, p: int) -> list[Name]:
    """The country or the body that a title opens with: "US" President, "Supreme Court" Justice."""
    if t.low[a] in ("chief", "deputy", "assistant", "acting", "vice"):
        return []  # "Chief Cabinet Secretary"
    head = max((q for q in range(a, p) if t.text[q] in lists()["org"]), default=-1)
    if head >= a and not is_title(t, head):
        return [name(t, a, head + 1)]
    return cut_run(t, a, a + 1) if t.text[a] in countries() or t.text[a] in known_organizations() else []


def cut_office(t: Tokens, a: int, b: int) -> list[Name]:
    """The names after a title and "of": "(Minister of) Foreign Affairs Rosa Quintana", "(President of) Kenya William Ruto"."""
    p = a
    while p < b and (t.low[p] in lists()["before"] or t.text[p] in ("and", "State")):
        p += 1
    if p > a:
        return [name(t, p, b, True)] if p < b else []
    if b - a > 2 and (t.text[a] in countries() or t.text[a] in places() or t.text[a] in seats()):
        return [*([name(t, a, a + 1)] if t.text[a] in countries() else []), name(t, a + 1, b, True)]
    return [name(t, a, b)]


def name(t: Tokens, a: int, b: int, titled: bool = False) -> Name:
    """The name of the tokens from `a` up to `b`."""
    return Name(a, b, t.start[a], t.end[b - 1], t.cut(a, b), titled)


def title_end(t: Tokens, a: int, b: int) -> int:
    """One past the title that opens a run ("Russian Deputy Foreign Minister Sergei Ryabkov"), or `a` where none does."""
    words = lists()
    if t.text[b - 1] in words["org"] or t.text[b - 1] in words["legal"] or t.text[b - 1] in words["not"]:
        return a
    p = a
    for i in range(a, b):
        if t.text[i] in words["org"]:
            if i + 1 < b and t.text[i + 1] == "of":
                return a
            if not any(is_title(t, q) for q in range(i + 1, b - 1)):
                return p
            continue
        if not is_title(t, i) or (i == b - 1 and i > a and not whole_title(t, a, b)):
            continue
        rest = i + 1
        if rest < b and t.text[rest] == "of":
            if rest + 1 < b and (t.text[rest + 1] == "State" or t.low[rest + 1] in words["before"]):
                p = rest + 2
                continue
            return next((q for q in range(rest + 1, b) if (t.begins[q] and t.ent[q] == "PERSON") or t.text[q] in first_names()), b)
        if rest < b and not is_titled(t, a, i, b):
            continue
        p = rest
    return p


def whole_title(t: Tokens, a: int, b: int) -> bool:
    """Whether a run is all title ("US Deputy Secretary"), and not a name that ends like one ("Amit Shah")."""
    if b < len(t) and t.text[b] in ("of", "for"):
        return True
    fitting = (is_title(t, q) or t.low[q] in lists()["before"] or t.text[q] in demonyms() or t.text[q] in countries() for q in range(a, b))
    return all(fitting)


def is_title(t: Tokens, i: int) -> bool:
    """Whether a word is an office, a calling or a form of address."""
    return t.low[i] in lists()["titles"] or t.text[i] in address_forms() or t.text[i] in lists()["plural_titles"]


@lru_cache(maxsize=2)
def surnames(t: Tokens) -> frozenset[str]:
    """The words behind the first names of an article: "Dupree" of "Marlon Dupree"."""
    return frozenset(w for before, w in pairwise(t.text) if before in first_names())


def is_titled(t: Tokens, a: int, i: int, b: int) -> bool:
    """Whether the word at `i` is the title of the person named after it, and no first word of a name ("Major League", "Dean Kamen", "St. Louis")."""
    word, rest = t.text[i], i + 1
    if word in address_forms() and t.low[i] not in lists()["loose"] and word not in ("St.", "Saint") and t.text[rest] != "-":
        return True
    sure = i == a and t.low[i] not in lists()["loose"] and begins_sentence(t, a)
    named = b - rest == 2 and (t.text[rest] in first_names() or sure) and word not in first_names() and word not in ("St.", "Saint")
    if t.text[rest] == "-" or (
        not named and (t.ent[rest] in ("ORG", "EVENT", "WORK_OF_ART", "LAW", "PRODUCT") and not t.begins[rest] and t.ent[i] == t.ent[rest])
    ):
        return False
    if i == a and word in first_names():
        return b - rest > 1 and t.ent[rest] == "PERSON" and t.ent[i] != "PERSON"
    if t.low[i] in lists()["loose"] or word in ("St.", "Saint"):
        if b - rest == 1 and i == a and t.text[rest] in surnames(t):
            return True  # "Chief Dupree", where the article has "Marlon Dupree"
        told = b < len(t) and t.low[b] in ("said", "says", "told", "added", "adds") and b - rest == 2 and begins_sentence(t, a)
        return word != "St." and (t.ent[b - 1] == "PERSON" or t.text[rest] in first_names() or told)
    return True
