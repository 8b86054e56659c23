"""Documents made up for tests of many, and files of them."""

import random

import toolkit
from toolkit.model import Document, Mention


def written(folder, name, documents):
    toolkit.write(documents, folder / name)
    return str(folder / name)


def example(count, seed=0):
    """`count` documents of a few mentions, some found, and their predictions in another order."""
    draw = random.Random(seed)
    golds, found = [], []
    for number in range(count):
        mentions = tuple(
            Mention(id=f"m{k}", label=draw.choice("AB"), start=10 * k, end=10 * k + 5)
            for k in range(draw.randint(0, 4))
        )
        golds.append(Document(id=f"d{number}", mentions=mentions))
        kept = tuple(mention for mention in mentions if draw.random() < 0.7)
        found.append(Document(id=f"d{number}", mentions=kept))
    draw.shuffle(found)
    return golds, found
