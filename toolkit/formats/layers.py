"""Labels for the layers of WebAnno, INCEpTION and UIMA, whose names are those of Java classes."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

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

_CUSTOM = "webanno.custom."


def label_of(layer: str) -> str:
    """A layer's last name, where the layer can be told from it, else its full name."""
    short = layer.rpartition(".")[2]
    return short if layer_of(short) == layer else layer


def layer_of(label: str) -> str:
    """The layer that has the label, one of the user's own unless it is well known."""
    return label if "." in label else _FULL.get(label, _CUSTOM + label)


def java_name(written: str) -> str:
    """The nearest name that Java allows; dots part names."""
    parts = [re.sub(r"\W", "_", part) or "_" for part in written.split(".")]
    return ".".join(re.sub(r"^(\d)", r"_\1", part) for part in parts)


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
