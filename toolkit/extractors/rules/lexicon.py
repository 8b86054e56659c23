"""The words the rules know, read from `lexicon.yaml`, with the forms of verbs and tables of
phrases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

import msgspec

Words: TypeAlias = frozenset[str]

Phrases: TypeAlias = dict[str, tuple[tuple[str, ...], ...]]
"""Phrases as words, by their first word, longest first."""


class CueRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cue verbs of one behaviour, as the file lists them."""

    verbs: tuple[str, ...]
    act: str
    needs: str = ""


class MeasureRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of one sanctions measure, as the file lists them."""

    nouns: tuple[str, ...]
    verbs: tuple[str, ...]
    objects: Words


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All word lists, under the names that the file gives them."""

    cues: tuple[CueRow, ...]
    prepositions: dict[str, Words]
    noun_cues: tuple[str, ...]
    decliners: tuple[str, ...]
    denying: Words
    demanding: Words
    auxiliaries: Words
    be_forms: Words
    modals: Words
    negations: Words
    adverbs: Words
    determiners: Words
    prepositions_of_place: Words
    connectors: Words
    subordinators: Words
    relatives: Words
    openers: Words
    function_words: Words
    pronouns: dict[str, Words]
    honorifics: Words
    abbreviations: Words
    roles: Words
    groups: Words
    organisations: Words
    metonyms: Words
    documents: Words
    written_means: Words
    courtesies: Words
    places: Words
    vessels: Words
    companies: Words
    country_endings: tuple[str, ...]
    countries: dict[str, tuple[str, ...]]
    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    time_words: Words
    measures: dict[str, MeasureRow]
    not_triggers: Words
    nouns_after_mention: tuple[str, ...]
    ban_goods: dict[str, Words]
    sectors: Words
    lifting: tuple[str, ...]
    extending: tuple[str, ...]
    status: dict[str, tuple[str, ...]]
    refusing: Words
    asking: Words
    conditions: tuple[str, ...]
    objective_verbs: Words
    instruments: Words
    certainty: dict[str, tuple[str, ...]]
    quantities: Words
    causal: tuple[str, ...]
    opinions: Words
    commitments: Words
    first_persons: Words
    topics: dict[str, Words]


def _load() -> Lexicon:
    file = Path(__file__).with_name("lexicon.yaml")
    return msgspec.yaml.decode(file.read_bytes(), type=Lexicon)


LEXICON = _load()


class VerbForm(NamedTuple):
    """A form of a verb: its lemma, and which it is (base, third, past, participle, gerund)."""

    lemma: str
    kinds: Words


def verb_forms(lines: Iterable[str]) -> dict[str, VerbForm]:
    """The forms of verbs, each given as `lemma` or, where it is not regular, `lemma past
    participle`."""
    found: dict[str, VerbForm] = {}
    for line in lines:
        lemma, *irregular = line.split()
        stem = lemma[:-1] + "i" if lemma[-1] == "y" and lemma[-2] not in "aeiou" else lemma
        past = irregular[0] if irregular else stem + ("d" if stem.endswith("e") else "ed")
        third = stem + ("es" if stem.endswith(("s", "sh", "ch", "x", "o", "i")) else "s")
        base = lemma + lemma[-1] if past == lemma + lemma[-1] + "ed" else lemma
        bare = base[:-1] if base.endswith("e") and not base.endswith("ee") else base
        listed = {
            "base": lemma,
            "third": third,
            "past": past,
            "gerund": bare + "ing",
            "participle": irregular[-1] if irregular else past,
        }
        for kind, form in listed.items():
            known = found.setdefault(form, VerbForm(lemma, frozenset()))
            if known.lemma == lemma:
                found[form] = VerbForm(lemma, known.kinds | {kind})
    return found


def phrases(lines: Iterable[str]) -> Phrases:
    """A table of phrases in which `phrase_at` can look."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for line in lines:
        words = tuple(line.split())
        table.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(found, key=len, reverse=True)) for first, found in table.items()}


def phrase_at(table: Phrases, words: Sequence[str], position: int) -> int:
    """How many words of the longest phrase stand at `position`; 0 where there is none."""
    for phrase in table.get(words[position], ()):
        if tuple(words[position : position + len(phrase)]) == phrase:
            return len(phrase)
    return 0
