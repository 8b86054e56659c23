"""What was found out about a corpus is known as long as its documents stay."""

from toolkit.memory import Memory
from toolkit.model import Corpus, Document


def test_a_corpus_is_remembered_until_its_documents_change():
    memory, corpus = Memory(), Corpus([Document("a")])
    assert memory.recall(corpus) is None
    memory.keep(corpus, "seen")
    assert memory.recall(corpus) == "seen"
    assert memory.recall(Corpus([Document("a")])) is None
    corpus.documents = (Document("b"),)
    assert memory.recall(corpus) is None


def test_documents_that_are_no_corpus_are_not_remembered():
    memory, documents = Memory(), [Document("a")]
    memory.keep(documents, "seen")
    assert memory.recall(documents) is None
