"""Who "he", "she", "it" and "they" are: the subject of what precedes first, who was named last second; nobody where that is a guess."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.extract.tokens import Tokens
from generator.model import ActorType
from generator.names import Gender

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
HE_SHE: dict[str, Gender] = {
    "he": "male", "him": "male", "his": "male", "himself": "male", "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their"})
FADE = 0.7  # what a mention keeps of its weight a sentence later
FAINT = 0.05  # below this nobody remembers a person: about ten sentences
CLEAR = 0.9  # a body must have been the subject this sentence or one of the last two
BESIDE = 2  # tokens from a quotation to the pronoun of who says it
REACH, DEEP = 60, 20  # tokens behind a pronoun, and steps up the parse, within which a name is looked for
SUBJECT, OBJECT, QUOTED = 2.0, 1.0, 0.3  # how a mention weighs; names in quotations hardly carry the story


class Memory:
    """The actors of one sort that the reader has in mind, by how fresh they are."""

    def __init__(self) -> None:
        self.weights: dict[str, tuple[float, int]] = {}  # actor → weight, and the sentence it was given in

    def now(self, actor: str, sentence: int) -> float:
        """What an actor weighs at a sentence."""
        weight, at = self.weights.get(actor, (0.0, sentence))
        return weight * FADE ** (sentence - at)

    def forget(self, sentence: int) -> None:
        """Drops who is no longer remembered, so that a long article costs no more a word than a short one."""
        faint = [a for a in self.weights if self.now(a, sentence) <= FAINT]
        for a in faint:
            del self.weights[a]

    def hear(self, actor: str, sentence: int, weight: float) -> None:
        """Takes note of a mention. The new weight counts most, so that the last subject comes first; what is said in a quotation takes nothing away."""
        now = self.now(actor, sentence)
        self.weights[actor] = (max(now, weight + 0.2 * now) if weight == QUOTED else weight + 0.2 * now, sentence)


def resolve_pronouns(
    t: Tokens,
    sentences: Sequence[int],
    names: Sequence[tuple[int, int, str]],
    types: Mapping[str, ActorType],
    genders: Mapping[str, Gender],
) -> dict[int, str]:
    """The actor behind each pronoun, by token. `names` are mentions as (first token, one past the last, actor), in order."""
    people, bodies = Memory(), Memory()
    known = dict(genders)
    answer: dict[int, str] = {}
    at = {first: (last, actor) for first, last, actor in names}
    crowd = -1  # the sentence in which a plural noun was last the subject
    quoted = False
    spoken: set[str] = set()  # who is spoken of in the quotation that was opened last
    closed = -1  # where it ended
    for i, word in enumerate(t.text):
        if word in ("“", "”", '"'):
            quoted = word == "“" or (word == '"' and not quoted)
            spoken, closed = (set(), -1) if quoted else (spoken, i)
        elif "\n" in word:
            quoted = False
        elif i in at:
            last, actor = at[i]
            subject = any(t.dep[k] in SUBJECTS or (t.dep[k] == "appos" and t.dep[t.head[k]] in SUBJECTS) for k in range(i, last))
            memory = people if types[actor] == "person" else bodies
            memory.hear(actor, sentences[i], QUOTED if quoted else SUBJECT if subject else OBJECT)
            if quoted:
                spoken.add(actor)
        elif t.pos[i] == "PRON":
            low = t.low[i]
            found = None
            if low in HE_SHE:
                barred = named_below(t, i, sentences, at)
                if 0 <= i - closed - 1 < BESIDE and closed >= 0:  # `"Poe wants headlines," he said`: he is not Poe
                    barred |= spoken
                found = person_meant(people, known, HE_SHE[low], sentences[i], barred)
                memory = people
            elif (low in IT or (low in THEY and crowd < sentences[i] - 1)) and not quoted and t.dep[i] != "expl":
                found = body_meant(bodies, sentences[i])
                memory = bodies
            if found:
                answer[i] = found
                if low in HE_SHE and not quoted:  # whom a speaker means by "his" tells nothing of those the article tells of
                    known.setdefault(found, HE_SHE[low])
                memory.hear(found, sentences[i], QUOTED if quoted else SUBJECT if t.dep[i] in SUBJECTS else OBJECT)
        elif t.pos[i] == "NOUN" and t.dep[i] in SUBJECTS and word.endswith("s") and not quoted:
            crowd = sentences[i]
    return answer


def named_below(t: Tokens, i: int, sentences: Sequence[int], names: Mapping[int, tuple[int, str]]) -> frozenset[str]:
    """Whom a pronoun that is a subject cannot mean: those named in what it governs. In "He said Poe would come", he is not Poe."""
    if t.dep[i] not in SUBJECTS:
        return frozenset()
    verb, found = t.head[i], set()
    for k in range(i + 1, min(i + REACH, len(t))):
        if sentences[k] != sentences[i]:
            break
        if k in names:
            last, actor = names[k]
            at = last - 1
            for _ in range(DEEP):
                if at == verb:
                    found.add(actor)
                if t.head[at] == at:
                    break
                at = t.head[at]
    return frozenset(found)


def person_meant(
    people: Memory, genders: Mapping[str, Gender], gender: Gender, sentence: int, barred: frozenset[str] = frozenset()
) -> str | None:
    """The person with most weight who may be of that gender; one whose gender the article tells counts a little more."""
    people.forget(sentence)
    fitting = [
        (people.now(a, sentence) * (1.0 if a in genders else 0.8), a)
        for a in people.weights
        if genders.get(a, gender) == gender and a not in barred
    ]
    weight, actor = max(fitting, default=(0.0, ""))
    return actor if weight > FAINT else None


def body_meant(bodies: Memory, sentence: int) -> str | None:
    """The organization or country that was the subject a moment ago."""
    bodies.forget(sentence)
    weight, actor = max(((bodies.now(a, sentence), a) for a in bodies.weights), default=(0.0, ""))
    return actor if weight >= CLEAR else None
