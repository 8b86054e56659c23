"""Random documents to write in a format and read back."""

from hypothesis import strategies as st

from toolkit.model import Document, Mention
from toolkit.spans import Span

CHARS = st.sampled_from(
    list("ab c.,\"'[]{}\\\u00e9e\u0301\u00ad\u05d0\u0628\r\n\t\u00a0\u200d🙂👩\U0001d11e中\u2028")
)
TEXTS = st.text(CHARS, min_size=1, max_size=30)
NAMES = st.sampled_from(["person", "name of", "préfix", "B-x"])
WORDS = st.text(CHARS, min_size=1, max_size=8)
REFERENCES = st.just({"ref": "1"})
VALUES = st.one_of(
    WORDS,
    st.lists(WORDS, min_size=2, max_size=3),
    REFERENCES,
    st.lists(REFERENCES, min_size=2, max_size=3),
)


@st.composite
def documents(draw, fields=None, pieces=1, scores=False, names=NAMES):
    """One to three documents with texts; `fields` is a strategy for the mentions' fields."""
    return [
        _document(draw, f"d {number}", fields, pieces, scores, names)
        for number in range(draw(st.integers(1, 3)))
    ]


def _document(draw, name, fields, pieces, scores, names):
    text = draw(TEXTS)
    mentions = []
    for number in range(draw(st.integers(0, 4))):
        offsets = st.lists(st.integers(0, len(text)), min_size=2, max_size=2 * pieces, unique=True)
        cuts = sorted(draw(offsets))
        spans = tuple(Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
        place = (
            {"start": spans[0].start, "end": spans[0].end}
            if len(spans) == 1
            else {"fragments": spans}
        )
        mentions.append(
            Mention(
                str(number + 1),
                draw(names),
                **place,
                fields=draw(fields) if fields is not None else {},
                score=draw(st.sampled_from([None, 0.5, 1.0])) if scores else None,
            )
        )
    return Document(name, text=text, mentions=tuple(mentions))
