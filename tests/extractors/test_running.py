"""Asking about many documents: jobs, batches, retries, what stops a run."""

import threading
from contextlib import contextmanager

import pytest

from toolkit.errors import DataError, Problem
from toolkit.extractors.answers import Answer, Failed
from toolkit.extractors.functions import calling
from toolkit.extractors.running import outcomes, run
from toolkit.model import Document, Mention

DOCUMENTS = [Document(f"d{n}", text=f"text {n}") for n in range(20)]


def found(text):
    return [Mention("m", "number", 5, len(text))]


def collected(function, documents=DOCUMENTS, *, batched=False, **options):
    done = []
    run(lambda: calling(function, batched=batched), documents, done.append, **options)
    return {outcome.id: outcome for outcome in done}


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("threads", [True, False])
def test_every_document_has_one_outcome(jobs, threads):
    done = collected(found, jobs=jobs, threads=threads)
    assert sorted(done) == sorted(document.id for document in DOCUMENTS)
    assert done["d7"].document == Document("d7", mentions=(Mention("m", "number", 5, 6),))
    assert all(outcome.seconds >= 0 for outcome in done.values())


def test_jobs_are_at_work_at_the_same_time():
    together = threading.Barrier(3, timeout=10)

    def waits(text):
        together.wait()
        return []

    assert len(collected(waits, DOCUMENTS[:3], jobs=3)) == 3


def test_a_batch_is_asked_about_at_once():
    sizes = []

    def batch(texts):
        sizes.append(len(texts))
        return [found(text) for text in texts]

    done = collected(batch, batched=True, batch=8)
    assert sizes == [8, 8, 4]
    assert done["d12"].document.mentions == (Mention("m", "number", 5, 7),)


def test_one_bad_text_of_a_batch_costs_no_other_its_answer():
    def batch(texts):
        if "text 3" in texts:
            raise ValueError("not this one")
        return [found(text) for text in texts]

    done = collected(batch, batched=True, batch=8)
    assert [name for name, outcome in done.items() if outcome.error] == ["d3"]
    assert done["d3"].error == "the extractor failed: ValueError: not this one"


def test_too_few_answers_of_a_batch_are_no_answers():
    done = collected(lambda texts: [[]], DOCUMENTS[:3], batched=True, batch=3)
    assert all(outcome.document for outcome in done.values())  # each was asked about alone
    done = collected(lambda texts: [], DOCUMENTS[:3], batched=True, batch=3)
    assert {outcome.error for outcome in done.values()} == {"0 answers for 1 texts"}


@pytest.mark.parametrize(
    ("mentions", "said"),
    [
        ([Mention("m", "a", 0, 99)], "m: end 99 is past the text's 6 characters"),
        ([Mention("m", "a", 0, 1)] * 2, "m: this mention id stands in the document twice"),
        ([{"id": "m", "label": "a", "begin": 0}], "unknown field `begin`"),
        (["speaker"], "Expected `object`, got `str`"),
        (None, "TypeError"),
    ],
)
def test_an_answer_that_cannot_be_used_fails_its_document_alone(mentions, said):
    done = collected(lambda text: mentions if text == "text 1" else found(text))
    assert [name for name, outcome in done.items() if outcome.error] == ["d1"]
    assert said in done["d1"].error


def test_mentions_may_be_dictionaries():
    done = collected(lambda text: [{"id": "m", "label": "number", "start": 5, "end": 6}])
    assert done["d1"].document.mentions == (Mention("m", "number", 5, 6),)


def test_words_without_offsets_are_located():
    done = collected(lambda text: [{"id": "m", "label": "number", "text": text[5:]}])
    (mention,) = done["d1"].document.mentions
    assert (mention.start, mention.end, mention.grounding) == (5, 6, "exact")


def test_what_an_answer_says_of_its_making_is_kept():
    done = collected(lambda text: Answer(tuple(found(text)), meta={"cost": 0.5}))
    assert done["d1"].meta == {"cost": 0.5}


def test_a_failed_document_is_asked_about_again(monkeypatch):
    monkeypatch.setattr("toolkit.extractors.attempts.sleep", lambda seconds: None)
    calls = []

    def unsteady(text):
        calls.append(text)
        if len(calls) < 3:
            raise OSError("busy")
        return found(text)

    done = collected(unsteady, DOCUMENTS[:1], retries=2)
    assert (done["d0"].error, done["d0"].attempts) == (None, 3)
    calls.clear()
    done = collected(unsteady, DOCUMENTS[:1], retries=1)
    assert (done["d0"].error, done["d0"].attempts) == ("the extractor failed: OSError: busy", 2)


@pytest.mark.parametrize("threads", [True, False])
def test_a_fault_that_is_no_documents_own_stops_the_run_and_keeps_what_is_done(threads):
    def stops(text):
        if text == "text 5":
            raise DataError(Problem("model", "is not there"))
        return found(text)

    done = []
    with pytest.raises(DataError, match="model: is not there"):
        run(lambda: calling(stops, batched=False), DOCUMENTS, done.append, threads=threads)
    assert [outcome.id for outcome in done] == ["d0", "d1", "d2", "d3", "d4"]


def test_a_record_that_cannot_be_written_stops_the_run():
    def full(outcome):
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        run(lambda: calling(found, batched=False), DOCUMENTS, full, jobs=2)


def test_what_was_made_ready_is_cleared_up():
    open_now = []

    @contextmanager
    def connect():
        open_now.append(1)
        yield lambda documents: [Answer()]
        open_now.pop()

    run(connect, DOCUMENTS, lambda outcome: None, jobs=2)
    assert not open_now


def test_a_failure_may_say_what_it_cost():
    def ask(documents):
        raise Failed("cut off", {"cost": 1})

    (outcome,) = outcomes(ask, DOCUMENTS[:1], 0)
    assert (outcome.error, outcome.meta) == ("cut off", {"cost": 1})
