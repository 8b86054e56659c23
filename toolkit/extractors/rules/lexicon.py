"""The packaged word lists, read once and only when the first text is extracted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from toolkit.extractors.rules.inflection import forms

Words = frozenset[str]

Phrases = dict[str, tuple[tuple[str, ...], ...]]
"""Phrases as words, by their first word, longest first."""


class CueVerb(NamedTuple):
    """A verb that attributes words or thoughts, with what may follow it."""

    lemma: str
    acts: tuple[str, ...]
    takes: Words
    prepositions: Words
    only_with_preposition: bool


class CueRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cue verbs of one behaviour, as the file lists them."""

    verbs: tuple[str, ...]
    acts: tuple[str, ...]
    takes: Words
    only_with_preposition: bool = False


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
    doubting: Words
    demanding: Words
    auxiliaries: Words
    be_forms: Words
    modals: Words
    negations: Words
    adverbs: Words
    determiners: Words
    possessives: Words
    prepositions_of_place: Words
    connectors: Words
    subordinators: Words
    relatives: Words
    openers: Words
    function_words: Words
    pronouns: dict[str, Words]
    reflexive_outlet: Words
    honorifics: Words
    abbreviations: Words
    roles: Words
    groups: Words
    organisations: Words
    metonyms: Words
    documents: Words
    written_means: Words
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
    lifting_nouns: tuple[str, ...]
    extending: tuple[str, ...]
    status: dict[str, tuple[str, ...]]
    conditions: tuple[str, ...]
    objectives: tuple[str, ...]
    objective_leads: Words
    objective_verbs: Words
    instruments: Words
    certainty: dict[str, tuple[str, ...]]
    quantities: Words
    causal: tuple[str, ...]
    opinions: Words
    commitments: Words
    first_persons: Words
    topics: dict[str, Words]


@cache
def lexicon() -> Lexicon:
    """The word lists of `lexicon.yaml`."""
    return msgspec.yaml.decode(Path(__file__).with_name("lexicon.yaml").read_bytes(), type=Lexicon)


@cache
def cue_verbs() -> dict[str, CueVerb]:
    """Cue verbs by lemma; a verb in several rows takes what any of them allows."""
    words = lexicon()
    found: dict[str, CueVerb] = {}
    for row in words.cues:
        for line in row.verbs:
            lemma = line.split()[0]
            before = found.get(lemma)
            found[lemma] = CueVerb(
                lemma,
                before.acts if before else row.acts,
                row.takes | (before.takes if before else frozenset()),
                words.prepositions.get(lemma, frozenset()),
                row.only_with_preposition and (before is None or before.only_with_preposition),
            )
    return found


@cache
def cue_forms() -> dict[str, tuple[str, Words]]:
    """Lemma and kinds of every form of a cue verb."""
    return verb_forms(line for row in lexicon().cues for line in row.verbs)


def verb_forms(lines: Iterable[str]) -> dict[str, tuple[str, Words]]:
    """Lemma and kinds (base, third, past, participle, gerund) by form, of lines `lemma past
    participle`."""
    found: dict[str, tuple[str, Words]] = {}
    for line in lines:
        for kind, form in forms(line).items():
            lemma, kinds = found.get(form, (line.split()[0], frozenset()))
            if lemma == line.split()[0]:
                found[form] = lemma, kinds | {kind}
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
