"""Looks through an article for the words that can tell of a meeting."""

from __future__ import annotations

from generator.extract.found import Found
from generator.extract.meeting_nouns import noun_of
from generator.extract.nlp import lemma
from generator.extract.noun_tellings import of_noun
from generator.extract.tellings import Statements, Telling
from generator.extract.text import Analysed
from generator.extract.verb_tellings import of_verb

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
    verbs, text = statements.words.verbs, statements.text
    for sentence in text.sentences:
        if sentence.end - sentence.start > LONGEST_SENTENCE or text.paragraph_at(sentence.start_char).kind == "heading":
            continue
        for token in sentence:
            pos = token.pos_
            if pos == "VERB":
                verb = verbs.get(lemma(token))
                if verb:
                    statements.verbs[token.i] = verb
            elif pos in ("NOUN", "PROPN"):
                noun = noun_of(statements, token)
                if noun:
                    statements.nouns[token.i] = noun
