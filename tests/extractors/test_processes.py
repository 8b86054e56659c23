"""Commands and functions in processes of their own."""

import os
import sys
import time

import pytest

from toolkit.errors import DataError
from toolkit.extractors.answers import Failed
from toolkit.extractors.processes import asking, worker_command
from toolkit.model import Document, Mention

DOCUMENT = Document("d", text="Ana Roke said no. 🙂 \u2028\r\n")

READS = "import json, os, sys, time\nfor line in sys.stdin:\n    asked = json.loads(line)\n    "


def python(body):
    return [sys.executable, "-c", READS + body]


def ask(command, documents=(DOCUMENT,), *, timeout=20.0, batched=False, greets=False):
    with asking(command, timeout=timeout, batched=batched, greets=greets) as question:
        return question(documents)


def test_a_line_in_and_a_line_out():
    """Held back output would be waited for in vain: Python commands need not flush."""
    body = (
        "assert asked['text'].endswith('🙂 \\u2028\\r\\n')\n    "
        "print(json.dumps({'id': asked['id'], 'meta': {'cost': 2}, 'mentions': "
        "[{'id': 's', 'label': 'speaker', 'start': 0, 'end': 8}]}))"
    )
    (answer,) = ask(python(body))
    assert answer.mentions == (Mention("s", "speaker", 0, 8),)
    assert answer.meta == {"cost": 2}


def test_a_batch_is_a_list_in_and_a_list_out():
    body = "print(json.dumps([{'id': one['id'], 'mentions': []} for one in asked]))"
    answers = ask(python(body), [DOCUMENT, Document("e", text="")], batched=True)
    assert [answer.id for answer in answers] == ["d", "e"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("print('Loading model...')", "the answer cannot be read: .*Loading model"),
        ("print(json.dumps({'id': 'other'}))", "the answer is for 'other', 'd' was asked"),
        ("print('[' * 100_000)", "the answer cannot be read"),
        (
            "sys.exit('no such model')",
            r"the extractor's process ended \(exit code 1\): no such mod",
        ),
        ("os.kill(os.getpid(), 9)", r"the extractor's process ended \(SIGKILL\)"),
        ("sys.stdout.write('{'); sys.exit()", r"ended \(exit code 0\)"),
    ],
)
def test_no_answer_is_said_with_its_reason(body, said):
    with pytest.raises(Failed, match=said):
        ask(python(body))


def test_a_process_that_takes_too_long_is_stopped_with_its_children(tmp_path):
    mark = tmp_path / "mark"
    command = ["sh", "-c", f"(sleep 1; touch {mark}) & cat > /dev/null; wait"]
    started = time.monotonic()
    with pytest.raises(Failed, match=r"no answer within 0\.2 seconds"):
        ask(command, timeout=0.2)
    assert time.monotonic() - started < 1
    time.sleep(1.2)
    assert not mark.exists()


def test_a_process_that_does_not_read_is_stopped_too():
    long = Document("d", text="x" * 1_000_000)
    with pytest.raises(Failed, match="no answer within"):
        ask(["sleep", "30"], [long], timeout=0.2)


def test_after_a_failure_a_new_process_answers():
    body = "print('{}' if asked['id'] == 'good' else '?')"
    with asking(python(body), timeout=20, batched=False) as question:
        with pytest.raises(Failed):
            question([DOCUMENT])
        assert question([Document("good", text="")])[0].mentions == ()


def test_a_command_that_is_not_there_stops_the_run():
    with pytest.raises(DataError, match="command 'no-such-command': cannot be started"):
        ask(["no-such-command"])


class TestFunctions:
    @pytest.fixture
    def module(self, tmp_path, monkeypatch):
        monkeypatch.syspath_prepend(str(tmp_path))
        return tmp_path / "of_mine.py"

    def worker(self, name="of_mine:f", **options):
        return ask(worker_command(name, {}), greets=True, **options)

    def test_a_built_in_answers_as_it_does_here(self):
        from toolkit.extractors.rules import extract

        assert self.worker("rules")[0].mentions == extract(DOCUMENT.text)

    def test_what_a_function_prints_does_not_come_between(self, module):
        module.write_text(
            "import os\ndef f(text):\n    print('hm')\n    os.system('echo hm')\n    return []"
        )
        assert self.worker()[0].mentions == ()

    def test_an_error_is_the_documents(self, module):
        module.write_text("def f(text):\n    raise ValueError('no')")
        assert self.worker()[0].error == "the extractor failed: ValueError: no"

    def test_getting_ready_is_no_documents_time(self, module):
        module.write_text("import time\ntime.sleep(0.7)\ndef f(text):\n    return []")
        assert self.worker(timeout=0.5)[0].error is None

    def test_one_that_cannot_be_loaded_stops_the_run(self, module):
        module.write_text("import no_such_package")
        with pytest.raises(DataError, match=r"extractor 'of_mine:f': .*no_such_package"):
            self.worker()

    def test_the_process_ends_when_nobody_asks(self, module):
        module.write_text("import os\ndef f(text):\n    raise ValueError(os.getpid())")
        process = int(self.worker()[0].error.rpartition(" ")[2])
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
