"""A text in, mentions out."""

from __future__ import annotations

from toolkit.extractors.rules.names import names
from toolkit.extractors.rules.quotes import Quote, quotes
from toolkit.extractors.rules.reading import Reading, read
from toolkit.extractors.rules.sources import Speaker
from toolkit.model import Mention, Value
from toolkit.spans import Span, canonical


def extract(text: str) -> tuple[Mention, ...]:
    """Speakers, quotes, claims and sanctions of an English news text, in text order within each label."""
    reading = read(text)
    named = names(reading)
    found = quotes(reading, named)
    speakers = _speakers(reading, found)
    ids = _ids("q", [q.fragments for q in found])
    return (
        *(_speaker_mention(reading, one, f"s{n}") for n, one in enumerate(speakers, 1)),
        *sorted(
            (_quote_mention(reading, q, ids[n], ids, speakers) for n, q in enumerate(found)),
            key=lambda mention: int(mention.id[1:]),
        ),
    )


def _speakers(reading: Reading, found: list[Quote]) -> list[Speaker]:
    """Every speaker once, in text order."""
    return sorted({(q.speaker.first, q.speaker.last): q.speaker for q in found if q.speaker}.values())


def _ids(letter: str, places: list[tuple[tuple[int, int], ...]]) -> list[str]:
    """An id for each place, numbered in text order."""
    order = sorted(range(len(places)), key=lambda position: places[position])
    numbers = {position: number for number, position in enumerate(order, 1)}
    return [f"{letter}{numbers[position]}" for position in range(len(places))]


def _speaker_mention(reading: Reading, speaker: Speaker, name: str) -> Mention:
    start, end = reading.place(speaker.first, speaker.last)
    fields: dict[str, Value] = {"kind": speaker.kind, "form": speaker.form}
    if speaker.entity:
        fields["entity"] = speaker.entity
    if speaker.role:
        fields["role"] = speaker.role
    return Mention(name, "speaker", start, end, fields=fields)


def _quote_mention(
    reading: Reading, quote: Quote, name: str, ids: list[str], speakers: list[Speaker]
) -> Mention:
    fields: dict[str, Value] = {"type": quote.type, "act": list(quote.acts)}
    if quote.speaker:
        position = [(one.first, one.last) for one in speakers].index((quote.speaker.first, quote.speaker.last))
        fields["source"] = {"ref": f"s{position + 1}"}
    if quote.cue:
        start, end = reading.place(quote.cue.first, quote.cue.last)
        fields["cue"] = {"start": start, "end": end}
        if quote.cue.negated:
            fields["negated"] = True
    if quote.outer is not None:
        fields["nested_in"] = {"ref": ids[quote.outer]}
    place = canonical(quote.fragments)
    if len(place) == 1:
        return Mention(name, "quote", *place[0], fields=fields)
    return Mention(name, "quote", fragments=tuple(Span(*one) for one in place), fields=fields)
