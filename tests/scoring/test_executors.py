"""Pieces are scored in processes and on a Dask cluster, and a lost worker changes nothing."""

import subprocess
import sys

import pytest
from made import example, written

from toolkit.errors import DataError
from toolkit.scoring import shards
from toolkit.scoring.executors import executor
from toolkit.scoring.score import score


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Two files of 400 documents, some of whose mentions are found."""
    folder = tmp_path_factory.mktemp("shards")
    golds, found = example(400)
    return written(folder, "gold.jsonl", golds), written(folder, "found.jsonl", found)


def test_one_job_needs_no_executor():
    with executor(1) as found:
        assert found is None


def test_jobs_are_processes(files, monkeypatch):
    expected = score(*files)
    monkeypatch.setattr(shards, "PIECE", 50)
    with executor(2) as pool:
        assert score(*files, executor=pool) == expected


def test_ctrl_c_ends_all_processes_without_a_traceback(files):
    script = (
        "import os, signal, sys, time\n"
        "from toolkit.scoring import shards\n"
        "sys.argv[1:] = ['score', *sys.argv[1:], '--jobs', '2']\n"
        "shards.PIECE = 5\n"
        "def interrupt(done, total):\n"
        "    if done >= 100: time.sleep(0.5); os.killpg(0, signal.SIGINT)\n"
        "from toolkit import cli\n"
        "from toolkit.cli import score\n"
        "from contextlib import contextmanager\n"
        "@contextmanager\n"
        "def meter(what): yield interrupt\n"
        "score.meter = meter\n"
        "cli.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *files],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        start_new_session=True,
    )
    assert done.returncode == 130
    assert done.stderr.strip() == "interrupted; nothing was left half-written"


def test_no_scheduler_is_said():
    pytest.importorskip("distributed", reason="needs the extra `cluster`")
    with (
        pytest.raises(DataError, match="no Dask scheduler answers"),
        executor(scheduler="tcp://127.0.0.1:1"),
    ):
        pass


@pytest.mark.filterwarnings("default")
def test_a_lost_worker_changes_nothing(files, monkeypatch):
    distributed = pytest.importorskip("distributed", reason="needs the extra `cluster`")
    expected = score(*files)
    monkeypatch.setattr(shards, "PIECE", 10)
    lost = []

    def lose_one(done, _total):
        if done >= 100 and not lost:
            lost.append(min(cluster.workers))
            cluster.workers[lost[0]].process.process.kill()

    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        executor(scheduler=cluster.scheduler_address) as pool,
    ):
        card = score(*files, executor=pool, progress=lose_one)
    assert lost
    assert card == expected
