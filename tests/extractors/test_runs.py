"""Runs as a whole: predictions, the record beside them, going on with a run that was stopped."""

import json
import sys

import msgspec
import pytest

import toolkit
from toolkit.extractors.answers import Answer
from toolkit.extractors.journal import journal_of, read_journal
from toolkit.extractors.record import Row
from toolkit.model import Document, Mention
from toolkit.scoring.timing import run_of

DOCUMENTS = [Document(f"d{n}", text=f"text {n}") for n in range(6)]

NUMBER = Mention("m", "number", 5, 6)


@pytest.fixture
def output(tmp_path):
    return tmp_path / "out" / "pred.jsonl"


class Extractor:
    """Finds a number, remembers what it was asked, and does as told at some texts."""

    def __init__(self, at=None):
        self.asked = []
        self.at = at or {}

    def __call__(self, text):
        self.asked.append(text)
        if text in self.at:
            raise self.at[text]
        return Answer((NUMBER,), meta={"cost": 0.25, "tokens": {"prompt": 10, "answer": 2}})


def stopped(output, at=3, **options):
    """A run that Ctrl-C stopped."""
    extractor = Extractor({f"text {at}": KeyboardInterrupt()})
    with pytest.raises(KeyboardInterrupt):
        toolkit.run_extractor(extractor, DOCUMENTS, output, **options)
    return extractor


class TestPredictions:
    def test_they_stand_in_the_order_of_the_texts_tied_to_them(self, output):
        run = toolkit.run_extractor(Extractor(), DOCUMENTS, output, jobs=3)
        found = list(toolkit.read(output))
        assert [document.id for document in found] == [document.id for document in DOCUMENTS]
        assert all(len(document.text_sha256) == 64 for document in found)
        assert all(document.mentions == (NUMBER,) for document in found)
        assert not run.failed
        assert sorted(path.name for path in output.parent.iterdir()) == [
            "pred.jsonl",
            "pred.jsonl.run.json",
        ]

    def test_a_document_that_failed_has_none_and_counts_as_such(self, output):
        extractor = Extractor({"text 2": ValueError("no")})
        run = toolkit.run_extractor(extractor, DOCUMENTS, output)
        assert [row.id for row in run.failed] == ["d2"]
        assert len(extractor.asked) == 6
        gold = [msgspec.structs.replace(one, text=None, mentions=(NUMBER,)) for one in DOCUMENTS]
        card = toolkit.score(gold, toolkit.read(output))
        assert card.not_predicted == ("d2",)

    def test_where_all_fail_there_is_no_file(self, output):
        extractor = Extractor({document.text: ValueError("no") for document in DOCUMENTS})
        with pytest.raises(toolkit.DataError, match="d0: the extractor failed: ValueError: no"):
            toolkit.run_extractor(extractor, DOCUMENTS, output)
        assert not list(output.parent.iterdir())

    def test_documents_are_told_apart_and_have_texts(self, output):
        for documents, said in (
            ([Document("a")], "a: has no text"),
            ([DOCUMENTS[0]] * 2, "two documents of this id"),
            ([], "there are none"),
        ):
            with pytest.raises(toolkit.DataError, match=said):
                toolkit.run_extractor(Extractor(), documents, output)

    def test_progress_is_told(self, output):
        told = []
        extractor = Extractor({"text 1": ValueError("no")})
        toolkit.run_extractor(
            extractor, DOCUMENTS[:3], output, progress=lambda *counts: told.append(counts)
        )
        assert told == [(1, 3, 0), (2, 3, 1), (3, 3, 1)]


class TestRecord:
    def test_it_says_what_ran_and_what_it_cost(self, output):
        schema = toolkit.load_schema("schemas/news.yaml")
        toolkit.run_extractor(Extractor(), DOCUMENTS, output, schema=schema, version="7")
        record = json.loads(run_of(output).read_text())
        assert record["made"] == {
            "extractor": f"{__name__}:Extractor",
            "version": "7",
            "schema": f"news@1.0.0#{schema.fingerprint}",
        }
        assert (record["cost"], record["tokens"]) == (1.5, {"prompt": 60, "answer": 12})
        assert record["latency"].keys() == {"mean", "median", "p95", "longest"}
        assert [row["id"] for row in record["documents"]] == [one.id for one in DOCUMENTS]
        assert all(row["seconds"] >= 0 for row in record["documents"])

    def test_an_error_stands_with_its_document(self, output):
        run = toolkit.run_extractor(
            Extractor({"text 2": ValueError("no\nmore")}), DOCUMENTS, output
        )
        assert run.failed[0].error == "the extractor failed: ValueError: no\nmore"
        assert "1 of 6 documents failed" in run.summary
        assert "cost 1.25" in run.summary

    def test_the_version_of_a_function_is_that_of_its_package_or_file(
        self, output, tmp_path, monkeypatch
    ):
        monkeypatch.syspath_prepend(str(tmp_path))
        (tmp_path / "mine_of_no_package.py").write_text("def f(text):\n    return []\n")
        run = toolkit.run_extractor("mine_of_no_package:f", DOCUMENTS, output)
        assert run.made.version.startswith("sha256 ")
        run = toolkit.run_extractor("rules", DOCUMENTS, output)
        assert run.made.version.startswith("extraction-toolkit ")


class TestGoingOn:
    @pytest.mark.parametrize("jobs", [1, 2])
    def test_what_was_answered_is_not_asked_again(self, output, jobs):
        first = stopped(output, jobs=jobs)
        assert not output.exists()
        extractor = Extractor()
        run = toolkit.run_extractor(extractor, DOCUMENTS, output, resume=True)
        answered = [text for text in first.asked if text != "text 3"]
        assert sorted(extractor.asked + answered) == [one.text for one in DOCUMENTS]
        assert run.resumed == len(answered)
        assert run.cost == 1.5
        assert len(toolkit.read(output)) == 6
        assert not journal_of(output).exists()

    def test_a_stopped_run_is_not_thrown_away(self, output):
        stopped(output)
        with pytest.raises(toolkit.DataError, match="--resume goes on from it"):
            toolkit.run_extractor(Extractor(), DOCUMENTS, output)
        assert len(read_journal(journal_of(output))[1]) == 3

    def test_a_run_stopped_before_any_answer_leaves_nothing(self, output):
        stopped(output, at=0)
        assert not journal_of(output).exists()

    def test_a_run_may_be_stopped_again_and_again(self, output):
        stopped(output, at=2)
        stopped(output, at=4, resume=True)
        run = toolkit.run_extractor(Extractor(), DOCUMENTS, output, resume=True)
        assert run.resumed == 4
        assert len(run.documents) == 6

    def test_what_failed_in_a_run_that_ended_is_asked_again(self, output):
        toolkit.run_extractor(Extractor({"text 2": ValueError("no")}), DOCUMENTS, output)
        extractor = Extractor()
        run = toolkit.run_extractor(extractor, DOCUMENTS, output, resume=True)
        assert extractor.asked == ["text 2"]
        assert not run.failed
        assert run.cost == 1.5

    def test_a_text_that_changed_or_is_new_is_asked_about(self, output):
        toolkit.run_extractor(Extractor(), DOCUMENTS, output)
        changed = [Document("d0", text="text 9"), *DOCUMENTS[1:], Document("d6", text="text 6")]
        extractor = Extractor()
        toolkit.run_extractor(extractor, changed, output, resume=True)
        assert extractor.asked == ["text 9", "text 6"]
        assert len(toolkit.read(output)) == 7

    @pytest.mark.parametrize("end", [b'{"id": "d4", "sec', b"\x00\x00\n", b'{"id": 3}\n'])
    def test_a_line_that_a_crash_left_broken_is_asked_again(self, output, end):
        stopped(output)
        with journal_of(output).open("ab") as file:
            file.write(end)
        stopped(output, at=5, resume=True)
        assert [one.id for one in read_journal(journal_of(output))[1]] == [
            f"d{n}" for n in range(5)
        ]

    def test_two_extractors_are_not_put_together(self, output):
        stopped(output, version="1")
        with pytest.raises(toolkit.MismatchError, match="was made with version '1', not '2'"):
            toolkit.run_extractor(Extractor(), DOCUMENTS, output, version="2", resume=True)

    def test_without_an_earlier_run_it_is_an_ordinary_one(self, output):
        assert toolkit.run_extractor(Extractor(), DOCUMENTS, output, resume=True).resumed == 0

    def test_predictions_of_unknown_origin_are_refused(self, output):
        toolkit.run_extractor(Extractor(), DOCUMENTS, output)
        run_of(output).unlink()
        with pytest.raises(toolkit.DataError, match=r"run\.json: no such file"):
            toolkit.run_extractor(Extractor(), DOCUMENTS, output, resume=True)

    def test_one_run_at_a_time_writes_a_file(self, output):
        pytest.importorskip("fcntl")

        def second(text):
            with pytest.raises(toolkit.DataError, match="another run is writing it"):
                toolkit.run_extractor(second, DOCUMENTS, output, resume=True)
            return []

        run = toolkit.run_extractor(second, DOCUMENTS[:1], output)
        assert run.documents[0].error is None


class TestWays:
    """The same through a process, a command, a batch."""

    def test_a_named_function_in_processes(self, output):
        here = list(toolkit.extract("rules", toolkit.read_texts("seeds")))
        toolkit.run_extractor("rules", toolkit.read_texts("seeds"), output, jobs=2, timeout=60)
        assert list(toolkit.read(output)) == here

    def test_a_command(self, output):
        code = "import sys\nfor line in sys.stdin: print('{}')"
        command = f'"{sys.executable}" -c "{code}"'
        run = toolkit.run_extractor(command, DOCUMENTS, output, command=True)
        assert not run.failed
        assert run.made.extractor == command

    def test_one_document_that_takes_too_long_is_stopped_alone(self, output, tmp_path, monkeypatch):
        monkeypatch.syspath_prepend(str(tmp_path))
        (tmp_path / "sometimes_slow.py").write_text(
            "import time\n"
            "def f(text):\n"
            "    time.sleep(30 if text == 'text 1' else 0)\n"
            "    return []\n"
        )
        run = toolkit.run_extractor("sometimes_slow:f", DOCUMENTS, output, timeout=1)
        assert [(row.id, row.error) for row in run.failed] == [("d1", "no answer within 1 seconds")]

    def test_batches(self, output):
        sizes = []

        def batch(texts):
            sizes.append(len(texts))
            return [[NUMBER] for _ in texts]

        run = toolkit.run_extractor(batch, DOCUMENTS, output, batch=4)
        assert sizes == [4, 2]
        assert run.documents[0] == Row("d0", run.documents[0].seconds)

    def test_a_fault_of_the_extractor_stops_all_jobs(self, output):
        with pytest.raises(toolkit.DataError, match="no_such_package"):
            toolkit.run_extractor("no_such_package.of_mine:f", DOCUMENTS, output, jobs=2)
        assert not journal_of(output).exists()

    @pytest.mark.parametrize(
        ("extractor", "options", "said"),
        [
            ("rule", {}, "did you mean 'rules'"),
            ("rules", {"model": "x"}, "has no option 'model'"),
            ("cat", {"command": True, "model": "x"}, "has no options, and model was given"),
            (" ", {"command": True}, "command: is empty"),
            (Extractor(), {"timeout": 3}, "cannot be stopped"),
        ],
    )
    def test_what_cannot_be_kept_to_is_refused(self, output, extractor, options, said):
        with pytest.raises(toolkit.DataError, match=said):
            toolkit.run_extractor(extractor, DOCUMENTS, output, **options)
