"""The forms of English verbs."""

from __future__ import annotations

_VOWELS = "aeiou"


def forms(line: str) -> dict[str, str]:
    """The forms of a verb given as `lemma`, or as `lemma past participle` where they are not
    regular."""
    lemma, *irregular = line.split()
    past = irregular[0] if irregular else _past(lemma)
    return {
        "base": lemma,
        "third": _third(lemma),
        "past": past,
        "participle": irregular[1] if len(irregular) > 1 else past,
        "gerund": _gerund(lemma, past),
    }


def _third(lemma: str) -> str:
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        return lemma + "es"
    return _changed_y(lemma) + "es" if _changed_y(lemma) != lemma else lemma + "s"


def _past(lemma: str) -> str:
    return lemma + "d" if lemma.endswith("e") else _changed_y(lemma) + "ed"


def _gerund(lemma: str, past: str) -> str:
    """With the consonant doubled where the past doubles it (`admit`, `admitted`)."""
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return lemma[:-1] + "ing"
    return (lemma + lemma[-1] if past == lemma + lemma[-1] + "ed" else lemma) + "ing"


def _changed_y(lemma: str) -> str:
    return lemma[:-1] + "i" if lemma[-1] == "y" and lemma[-2] not in _VOWELS else lemma
