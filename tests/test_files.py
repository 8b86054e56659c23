import errno
import os
import stat
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import DataError, WriteError
from toolkit.files import decode_utf8, read_bytes, read_text, replacing, write_text


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "out.json"
    path.write_bytes(b"old")
    return path


def untouched(target):
    """The old file is whole, and nothing else lies in its folder."""
    return target.read_bytes() == b"old" and os.listdir(target.parent) == [target.name]


def test_a_text_keeps_line_ends_and_byte_order_mark(tmp_path):
    (tmp_path / "t").write_bytes("\ufeffa\r\nb\rc\n".encode())
    assert read_text(tmp_path / "t") == "\ufeffa\r\nb\rc\n"


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"none\.txt: no such file"):
        read_bytes(tmp_path / "none.txt")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(DataError, match="is a folder, a file is needed"):
        read_bytes(tmp_path)


def test_a_path_that_no_file_can_have_is_refused():
    with pytest.raises(DataError, match="cannot be read: embedded null byte"):
        read_bytes("a\0b")


def test_a_byte_that_is_not_utf8_is_named_with_its_line():
    with pytest.raises(DataError) as caught:
        decode_utf8(b"one\ntwo\nthr\xe9e", "t.txt")
    assert str(caught.value) == (
        "t.txt:3: not UTF-8: byte 0xe9 at position 11 (save the file as UTF-8)"
    )


@given(text=st.text())
def test_text_is_read_as_it_was_written(text, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "text"
    write_text(path, text)
    assert read_text(path) == text


def test_replacing_makes_missing_folders(tmp_path):
    write_text(tmp_path / "a" / "b" / "c.txt", "new")
    assert (tmp_path / "a" / "b" / "c.txt").read_text() == "new"


def test_the_new_file_shows_only_when_it_is_whole(target):
    with replacing(target) as file:
        file.write(b"new")
        file.flush()
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert os.listdir(target.parent) == [target.name]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_whatever_breaks_the_writing_leaves_the_old_file(target, error):
    def write_half():
        with replacing(target) as file:
            file.write(b"half")
            raise error

    with pytest.raises(error):
        write_half()
    assert untouched(target)


@pytest.mark.parametrize("step", ["fsync", "chmod", "replace"])
def test_a_full_disk_leaves_the_old_file(target, monkeypatch, step):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, step, full)
    with pytest.raises(WriteError, match=r"no space left on device \(nothing was changed\)"):
        write_text(target, "new")
    assert untouched(target)


def test_ctrl_c_while_syncing_leaves_the_old_file(target, monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_text(target, "new")
    assert untouched(target)


def test_a_folder_is_never_replaced(tmp_path):
    (tmp_path / "folder").mkdir()
    with pytest.raises(WriteError, match="is a folder"):
        write_text(tmp_path / "folder", "new")
    assert os.listdir(tmp_path) == ["folder"]


def test_a_file_cannot_be_written_below_a_file(target):
    with pytest.raises(WriteError, match=r"out\.json.below: cannot be written"):
        write_text(target / "below", "new")
    assert untouched(target)


def test_a_replaced_file_keeps_its_permissions(target):
    target.chmod(0o640)
    write_text(target, "new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_new_file_gets_the_usual_permissions(tmp_path):
    (tmp_path / "usual").touch()
    write_text(tmp_path / "ours", "new")
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_stays_and_its_file_is_replaced(target, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link.json"
    link.symlink_to(target)
    write_text(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert os.listdir(link.parent) == ["link.json"]


def test_a_link_to_nothing_yet_makes_what_it_leads_to(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "new" / "file")
    write_text(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "new" / "file").read_text() == "new"


def read_from(pipe, got):
    thread = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    thread.start()
    return thread


@pytest.mark.parametrize("name", ["pipe", "link"])
def test_a_pipe_is_written_to_and_stays(tmp_path, name):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "pipe")
    got = []
    thread = read_from(tmp_path / "pipe", got)
    write_text(tmp_path / name, "new")
    thread.join(timeout=10)
    assert got == [b"new"]
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    assert sorted(os.listdir(tmp_path)) == ["link", "pipe"]


def test_a_pipe_gets_nothing_of_what_broke(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    handle = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)

    def write_half():
        with replacing(tmp_path / "pipe") as file:
            file.write(b"half")
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        write_half()
    assert os.read(handle, 10) == b""
    os.close(handle)


def test_a_dash_is_standard_output(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    print("before")
    write_text("-", "new\n")
    assert capfd.readouterr().out == "before\nnew\n"
    assert os.listdir(tmp_path) == []


def test_an_open_descriptor_is_written_on(tmp_path):
    with open(tmp_path / "log", "wb", buffering=0) as log:
        log.write(b"before\n")
        write_text(f"/dev/fd/{log.fileno()}", "new\n")
        log.write(b"after\n")
    assert (tmp_path / "log").read_bytes() == b"before\nnew\nafter\n"


def test_a_descriptor_that_is_not_open_is_refused():
    with pytest.raises(WriteError, match="cannot be written: bad file descriptor"):
        write_text("/dev/fd/987", "new")
