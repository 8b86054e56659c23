"""Labels for the layers of WebAnno, INCEpTION and UIMA, whose names are those of Java classes."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from keyword import iskeyword
from typing import TypeVar
from unicodedata import normalize

Key = TypeVar("Key", bound=Hashable)

_DKPRO = "de.tudarmstadt.ukp.dkpro.core.api."

_FULL = {
    "NamedEntity": _DKPRO + "ner.type.NamedEntity",
    "POS": _DKPRO + "lexmorph.type.pos.POS",
    "MorphologicalFeatures": _DKPRO + "lexmorph.type.morph.MorphologicalFeatures",
    "Lemma": _DKPRO + "segmentation.type.Lemma",
    "Stem": _DKPRO + "segmentation.type.Stem",
    "Chunk": _DKPRO + "syntax.type.chunk.Chunk",
    "Dependency": _DKPRO + "syntax.type.dependency.Dependency",
    "CoreferenceLink": _DKPRO + "coref.type.CoreferenceLink",
    "SemPred": _DKPRO + "semantics.type.SemPred",
    "SemArg": _DKPRO + "semantics.type.SemArg",
    "Annotation": "uima.tcas.Annotation",
}

TOKEN = _DKPRO + "segmentation.type.Token"
SENTENCE = _DKPRO + "segmentation.type.Sentence"

# What is no letter, digit or underscore in XML.
_NO_LETTER = re.compile(
    "[^A-Za-z0-9_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd]"
)

RESPELLED = "labels and field names, spelled as Java allows"
"""What is lost where `java_name` changes a name."""

_CUSTOM = "webanno.custom."


def label_of(layer: str) -> str:
    """A layer's last name, where the layer can be told from it, else its full name."""
    short = layer.rpartition(".")[2]
    return short if layer_of(short) == layer else layer


def layer_of(label: str) -> str:
    """The layer that has the label, one of the user's own unless it is well known."""
    return label if "." in label else _FULL.get(label, _CUSTOM + label)


def java_name(written: str) -> str:
    """The nearest name that Java, XML and Python all allow; dots part names.

    It begins with no underscore, which classes made from names in Python would lose.
    """
    return ".".join(_identifier(part) for part in written.split("."))


def _identifier(part: str) -> str:
    name = _NO_LETTER.sub("_", normalize("NFKC", part)) or "_"
    name = "".join(char if ("a" + char).isidentifier() else "_" for char in name)
    name = name if name[0] != "_" and name[0].isidentifier() else "x" + name
    return name + "_" * iskeyword(name)


def java_names(written: Iterable[Key], clean: Callable[[Key], str]) -> dict[Key, str]:
    """A name that Java allows for each of these, no two the same."""
    names: dict[Key, str] = {}
    taken: set[str] = set()
    for one in written:
        if one in names:
            continue
        name = base = clean(one)
        number = 2
        while name in taken:
            name, number = f"{base}_{number}", number + 1
        names[one] = name
        taken.add(name)
    return names
