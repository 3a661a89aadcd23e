"""spaCy's analysis of an article: the model is loaded once a process, and only what the steps use of it is run."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from generator.extract.text import DATELINE
from generator.extract.tokens import tokens_of

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

LONGEST_TEXT = 2_000_000  # characters of one article; spaCy's parser and tagger take about 1 GB for a million
READ = 2_000  # texts, after which a model is loaded anew
_lemmas: dict[tuple[str, str], str] = {}
_read: list[int] = []  # texts, batch by batch, since the model was loaded
_loaded: list[Any] = []  # the rule lemmatizer of the model that was loaded first; every English model of spaCy carries the same tables


@cache
def load(model: str) -> Language:
    """The spaCy model of that name. Its lemmatizer, a quarter of its time, is left out of the pipeline: `lemma` asks it for the few words that need one."""
    import spacy
    from spacy.language import Language

    def paragraphs(doc: Doc) -> Doc:
        """Begins a sentence after every line end, so that neither a sentence nor a name runs over one; and behind a dateline."""
        after_end = True
        opening = {m.end() for m in DATELINE.finditer(doc.text)}
        for token in doc:
            if token.is_space:
                after_end = after_end or "\n" in token.text
            elif after_end or token.idx in opening:
                token.is_sent_start = True
                after_end = False
        return doc

    Language.component("paragraphs", func=paragraphs)
    nlp = spacy.load(model, disable=["lemmatizer"])
    nlp.add_pipe("paragraphs", first=True)
    nlp.max_length = LONGEST_TEXT
    if "lemmatizer" in nlp.disabled:
        _loaded.append(nlp.get_pipe("lemmatizer"))
    return nlp


def model_version(model: str) -> str:
    """The model's name and version, for the key of what was extracted with it."""
    from importlib.metadata import PackageNotFoundError, version

    for name in (model, model.replace("_", "-")):
        try:
            return f"{model} {version(name)}"
        except PackageNotFoundError:
            continue
    return model


def analyse(texts: Iterable[str], model: str) -> Iterator[Doc]:
    """One analysed `Doc` a text, in order; token offsets count characters of the text."""
    yield from load(model).pipe(texts)


def renew(texts: int) -> None:
    """Told of texts that are to be read: drops the model once it has read many, and all that it learnt with it; then `load` loads it anew.

    spaCy keeps every new word, some 30 MB in a thousand articles. Its own way of forgetting (`memory_zone`) costs 6 % of the time, this 0.3 %.
    """
    _read.append(texts)
    if sum(_read) <= READ:
        return
    for kept in (load, tokens_of):
        kept.cache_clear()
    for known in (_lemmas, _loaded):
        known.clear()
    _read[:] = [texts]
    gc.collect()  # a model's parts refer to each other


def is_noun(word: str) -> bool:
    """Whether a word, written small, is an English noun by the model's own dictionary; a model that carries none knows no word."""
    key = (word, "is noun")
    if key not in _lemmas:
        known: Any = next((m.lookups.get_table("lemma_index", {}).get("noun", ()) for m in _loaded), ())
        singular = word[:-3] + "y" if word.endswith("ies") else word[:-1] if word.endswith("s") else word
        _lemmas[key] = "yes" if word in known or singular in known else ""
    return bool(_lemmas[key])


def lemma(token: Token) -> str:
    """The token's dictionary form, lower case: "said" → "say". Looked up once a word and part of speech."""
    key = (token.lower_, token.pos_)
    if key not in _lemmas:
        _lemmas[key] = _lemmatize(token)
    return _lemmas[key]


def _lemmatize(token: Token) -> str:
    for model in _loaded:
        found: list[str] = model.rule_lemmatize(token)
        return found[0].lower() if found else str(token.lower_)
    return str(token.lower_)
