"""Gold, baselines and predictions for tests of the gate."""

from toolkit.model import Corpus, Document, Mention

SPEAKERS, CLAIMS = 3, 2


def corpus(documents=40, *, lost=(), wrong=(), extra=None, meta=None):
    """Documents of five mentions; `lost` and `wrong` say in which, by position, the first speaker
    is missed and the field of the first claim is wrong, `extra` how many spurious mentions one has.
    """
    return Corpus(
        [
            Document(
                id=f"d{k:03}",
                meta=(meta or {}).get(k, {}),
                mentions=tuple(_mentions(k in lost, k in wrong, (extra or {}).get(k, 0))),
            )
            for k in range(documents)
        ]
    )


def _mentions(lost, wrong, extra):
    for number in range(lost, SPEAKERS):
        yield Mention(f"s{number}", "speaker", 10 * number, 10 * number + 5)
    for number in range(CLAIMS):
        kind = "other" if wrong and not number else "fact"
        start = 100 + 10 * number
        yield Mention(f"c{number}", "claim", start, start + 5, fields={"kind": kind})
    for number in range(extra):
        start = 1000 + 10 * number
        yield Mention(f"x{number}", "speaker", start, start + 5)
