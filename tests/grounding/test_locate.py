"""What holds of grounding whatever the text: places are exact, costs bounded."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.grounding import verbatim
from toolkit.grounding.locate import Text
from toolkit.grounding.words import Words
from toolkit.spans import Span

alphabet = st.sampled_from(list("atT15 .,:-'’–\u0301\u00ad\u200d🙂中한éß_%€\"“\n\r"))
texts = st.text(alphabet, max_size=25)


def one(text, *quotes):
    return Text(text).locate([(quote,) for quote in quotes])


@given(text=texts, data=st.data())
def test_the_quick_way_gives_what_the_words_give(text, data):
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : data.draw(st.integers(start, len(text)))].strip()
    quick = verbatim.find_verbatim(text, piece, 99) if piece else None
    quote, words = Words(piece), Words(text)
    if not quick or not quote.words:
        return
    places = [words.place(first, quote) for first in words.find(quote.words, 99)]
    assert quick == [span for span in places if text[slice(*span)] == piece]


@given(text=texts, data=st.data())
def test_whole_words_are_found_verbatim_with_exact_offsets(text, data):
    words = Words(text)
    if not words.spans:
        return
    first = data.draw(st.integers(0, len(words.spans) - 1))
    last = data.draw(st.integers(first, len(words.spans) - 1))
    start, end = words.spans[first][0], words.spans[last][1]
    (found,) = one(text, text[start:end])
    assert found.how in ("exact", "ambiguous")
    assert [text[slice(*span)] for span in found.place] == [text[start:end]]


@given(text=texts, quote=texts)
def test_what_is_found_reads_as_the_quotation_does(text, quote):
    (found,) = one(text, quote)
    assert (found.how == "none") == (not found.place)
    for start, end in found.place:
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
    if found.how == "exact" and len(found.place) == 1:
        assert text[slice(*found.place[0])] == quote.strip()
    if found.how == "normalised":
        assert Words(text[slice(*found.place[0])]).words == Words(quote).words


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("a" * 200_000, ["a" * n for n in range(1, 3001)]),
        ("a" * 200_000, ["a" * n + "b" for n in range(1, 3001)]),
        ("a " * 100_000, ["a"] * 10_000),
        ("a " * 100_000, ["a " * n for n in range(1, 1000)]),
        ("a " * 100_000, ["a " * n + "b" for n in range(1, 2000)]),
        ("ab. " * 50_000, [f"ab. ab ... ab {n}" for n in range(2000)]),
        (" ".join(f"colonis{n}tion" for n in range(14_000)), ["colonization"] * 10_000),
        (" ".join("colo" + c * 8 for c in map(chr, range(0x3B1, 0x2000))), ["colo" + "z" * 8] * 99),
        (
            " ".join(map("word{:x}".format, range(20_000))),
            [f"w{n} word0 word1" for n in range(5000)],
        ),
        ("... " * 50_000, ["... ..."] * 10_000),
        ("(" * 200_000, ["((", "("] * 5000),
        ("e" + "\u0301" * 200_000, ["e\u0301", "e" + "\u0301" * 1000] * 100),
    ],
    ids=lambda value: repr(value)[:20] if isinstance(value, str) else str(len(value)),
)
def test_hostile_texts_and_answers_take_bounded_time(text, quotes):
    began = time.perf_counter()
    found = Text(text).locate([(quote,) for quote in quotes])
    assert len(found) == len(quotes)
    assert time.perf_counter() - began < 15


SAID = "the ministry did not approve fifteen of the 1,500 restrictions without debate in 2021"


@given(data=st.data())
def test_no_number_and_no_negation_ever_changes(data):
    words = SAID.split()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(words) - 1))
        word = words[at]
        other = data.draw(st.sampled_from(["not", "now", "never", "fifty", "15", "2012", "", "x"]))
        letter = data.draw(st.integers(0, max(0, len(word) - 1)))
        change = data.draw(st.sampled_from([other, word[:letter] + word[letter + 1 :], word + "s"]))
        words[at : at + data.draw(st.integers(0, 1))] = [change] if change else []
    (found,) = one(SAID, " ".join(words))
    fixed = {"not", "without", "fifteen", "1,500", "2021", "never", "fifty", "15", "2012"}
    if found.how == "fuzzy":
        stands = SAID[slice(*found.place[0])].split()
        assert len(stands) == len(words)
        assert [w for w in stands if w in fixed] == [w for w in words if w in fixed]


def test_many_repeated_strings_are_given_in_order():
    found = one("yes no " * 10_000, *["yes"] * 10_000)
    assert [f.place for f in found] == [(Span(7 * i, 7 * i + 3),) for i in range(10_000)]
    assert {f.how for f in found} == {"exact"}


def test_items_of_different_groups_may_stand_at_one_place():
    found = Text("Karsk left.").locate([("Karsk",), ("Karsk",)], ["speaker", "sender"])
    assert [f.place for f in found] == [(Span(0, 5),)] * 2
