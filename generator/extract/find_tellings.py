"""Looks through an article for the words that can tell of a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator.extract.found import Found
from generator.extract.meeting_nouns import noun_of
from generator.extract.nlp import lemma
from generator.extract.noun_tellings import of_noun
from generator.extract.tellings import Statements, Telling
from generator.extract.text import Analysed
from generator.extract.tokens import tokens_of
from generator.extract.verb_tellings import of_verb

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST_SENTENCE = 400  # words; what is longer is a list or a table, and every noun of it would look at all of it


def find_tellings(text: Analysed, found: Found) -> list[Telling]:
    """The tellings of an article, in the order of its text; headings have none."""
    statements = Statements(text, found)
    look(statements)
    tellings: list[Telling] = []
    for i, noun in statements.nouns.items():
        tellings += of_noun(statements, text.doc[i], noun)
    for i, verb in statements.verbs.items():
        if i not in statements.folded:
            tellings += of_verb(statements, text.doc[i], verb)
    return sorted(tellings, key=lambda t: (t.start, t.noun))


def look(statements: Statements) -> None:
    """Collects the nouns and verbs of the article's body."""
    verbs, hyphened, text = statements.words.verbs, statements.words.hyphened, statements.text
    columns = tokens_of(text.doc)
    for sentence in text.sentences:
        if sentence.end - sentence.start > LONGEST_SENTENCE or text.paragraph_at(sentence.start_char).kind == "heading":
            continue
        for i in range(sentence.start, sentence.end):
            pos, word, dep = columns.pos[i], columns.low[i], columns.dep[i]
            if pos == "VERB":
                token = text.doc[i]
                if dep in ("nsubj", "nsubjpass", "dobj", "pobj") and token.tag_ == "VBZ":
                    look_at_noun(statements, token)  # "ceasefire talks collapsed": a noun, whatever the tagger says
                elif verb := verbs.get(lemma(token)):
                    statements.verbs[i] = verb
            elif word == "meeting" and dep == "acl":
                statements.verbs[i] = verbs["meet"]  # "delegates meeting in Kigali"
            elif pos in ("NOUN", "PROPN") or word in hyphened:
                look_at_noun(statements, text.doc[i])
            elif word == "due" and dep == "acomp":
                statements.verbs[i] = verbs["due"]


def look_at_noun(statements: Statements, token: Token) -> None:
    """Keeps a noun that names a meeting."""
    noun = noun_of(statements, token)
    if noun:
        statements.nouns[token.i] = noun
