"""The role an article gives a person: the title before the name, or the words after it."""

from __future__ import annotations

from generator.extract.names import capital
from generator.extract.tokens import Tokens, lists
from generator.names import address_forms, countries, demonyms
from generator.words import squeeze

LONGEST_ROLE = 16  # words; what is longer tells a story
LINKS = frozenset({"of", "for", "at", "to", "in", "on", "with", "the", "and", "-", "'s", "’s", "&"})
ARTICLES = frozenset({"the", "a", "an"})


def title_before(t: Tokens, first: int) -> str | None:
    """The title right before a name: "Kremlin spokesman" Dmitry Peskov, "US Secretary of State" Antony Blinken."""
    k = first - 1
    while k >= 0 and t.text[k] in address_forms() and t.low[k] not in lists()["titles"]:
        k -= 1
    end = k + 1
    if k < 1 and not (k == 0 and t.text[0].lower() in lists()["titles"]):
        return None
    if t.text[k].lower() not in lists()["titles"]:
        j = k
        while j > 0 and k - j < 6 and t.text[j] not in ("of", "for") and t.text[j][:1].isupper():
            j -= 1
        if not (j > 0 and t.text[j] in ("of", "for") and t.text[j - 1].lower() in lists()["titles"] and t.text[k][:1].isupper()):
            return None
        k = j - 1
    begin = k
    while begin > 0 and end - begin < LONGEST_ROLE and (not t.opens[begin] or is_land(t.text[begin - 1])) and belongs_before(t, begin - 1):
        begin -= 1
    while begin < k and t.text[begin] in LINKS:
        begin += 1
    return t.cut(begin, end)


def is_land(word: str) -> bool:
    """Whether a word is a country's name or adjective; no sentence ends in one before "Deputy", whatever the parser says."""
    return word in countries() or word in demonyms()


def belongs_before(t: Tokens, i: int) -> bool:
    """Whether the token at `i` is part of a title that follows it."""
    word = t.text[i]
    if t.pos[i] == "SPACE":
        return "\n" not in word  # two spaces, or one that does not break
    if word in ("of", "for") and i > 0 and capital(t.text[i - 1]) and capital(t.text[i + 1]):
        return True
    if is_land(word):
        return True  # whatever the tagger makes of "US"
    if capital(word) and t.low[i] in lists()["before"]:
        return True
    if word in lists()["calendar"] or t.pos[i] in ("SPACE", "VERB", "AUX", "DET", "PRON", "ADP", "PUNCT", "NUM", "SCONJ", "ADV"):
        return word in ("-", "'s", "’s")
    if word in ("'s", "’s", "&"):
        return True
    if t.pos[i] == "CCONJ":
        return i > 0 and t.text[i - 1].lower() in lists()["titles"]
    return word[:1].isupper() or t.pos[i] in ("ADJ", "NOUN", "PROPN")


def words_after(t: Tokens, last: int) -> str | None:
    """What stands after a name between commas: Anna Novak, "mayor of Lindau", said …"""
    i, n = last, len(t)
    if i + 2 >= n or t.text[i] not in (",", "(", "–", "—"):
        return None
    i += 1
    if t.text[i].isdigit() and t.text[i + 1] == ",":  # an age
        i += 2
    start = i
    if i < n and t.text[i].lower() in ARTICLES:
        start = i = i + 1
    head = False
    while i < n and i - start < LONGEST_ROLE and not t.opens[i] and t.pos[i] != "SPACE":
        word = t.text[i]
        if word in (",", ")", "–", "—", ".", ";", ":", '"', "”", "“") or (t.pos[i] in ("VERB", "AUX") and word.islower()):
            break
        if t.ent[i] == "PERSON" and t.low[i - 1] not in LINKS:
            return None  # "…, Obama's adviser James Jones": another person
        if word in ("who", "whose", "which", "that", "and", "as", "said", "but"):
            break
        if not head:
            head = word.lower() in lists()["titles"]
            if not head and (t.pos[i] not in ("ADJ", "NOUN", "PROPN") and word not in ("-", "'s", "’s")):
                return None
        i += 1
    return t.cut(start, i) if head and i > start else None


def words_before(t: Tokens, first: int) -> str | None:
    """What stands before a name and a comma: "the union's negotiator", Peter Amadi, said …"""
    end = first - 1
    if end < 1 or t.text[end] != ",":
        return None
    start = end
    while start > 0 and end - start < LONGEST_ROLE and not t.opens[start]:
        word = t.text[start - 1]
        if t.pos[start - 1] in ("VERB", "AUX", "SPACE", "SCONJ", "PUNCT") and word != "-":
            return None
        if t.pos[start - 1] in ("DET", "PRON"):
            break
        start -= 1
    if not any(t.low[i] in lists()["titles"] for i in range(start, end)) or any(t.ent[i] == "PERSON" for i in range(start, end)):
        return None
    return t.cut(start, end)


def roles_of(t: Tokens, first: int, last: int) -> list[str]:
    """The roles that stand beside one mention of a person."""
    return [squeeze(r) for r in (title_before(t, first), words_after(t, last), words_before(t, first)) if r]
