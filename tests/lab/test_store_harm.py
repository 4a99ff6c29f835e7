"""What may befall the disk: torn and foreign files, no room, no rights; a clear word each time, and no row lost."""

import errno
import json
import os
import shutil
import subprocess
import sys

import pytest
from shelves import TALK, fill, pieces, row

from games.errors import StorageError
from lab import compact, parse_design, results, status
from lab.store import parquet_parts
from lab.store.errors import StoreDamaged, StoreLocked, StoreMismatch, StoreUnwritable
from lab.store.folder import open_store
from lab.store.write_lock import Lock

pytestmark = pytest.mark.usefixtures("patient")


def torn(path):
    path.write_bytes(path.read_bytes()[:-20])


def empty(path):
    path.write_bytes(b"")


@pytest.mark.parametrize("harm", [torn, empty])
def test_a_torn_part_is_refused_by_name_and_its_runs_are_made_again_without_it(folder, design, harm):
    fill(folder, design, range(5))
    fill(folder, design, range(5, 9))
    path = parquet_parts.path_of(folder / "runs", 0)
    harm(path)
    for doing in (lambda: open_store(folder), lambda: results(folder), lambda: status(folder)):
        with pytest.raises(StoreDamaged) as caught:
            doing()
        assert caught.value.problems[0].place == str(path)
        assert "move it out" in caught.value.problems[0].hint
    path.rename(folder.parent / path.name)
    with open_store(folder) as store:
        assert store.todo().tolist() == [*range(5), *range(9, 30)]


def test_a_byte_that_has_turned_is_noticed_when_it_is_read(folder, design):
    fill(folder, design, range(30))
    path = parquet_parts.path_of(folder / "runs", 0)
    whole = path.read_bytes()
    noticed = 0
    for place in range(8, len(whole) // 2, 97):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            changed = results(folder)
        except StoreDamaged:
            noticed += 1
        else:
            path.write_bytes(whole)
            assert changed.equals(results(folder)), f"byte {place} changed a row in silence"
    assert noticed


def test_a_part_of_another_sweep_is_refused(folder, tmp_path, design):
    fill(folder, design, [0])
    fill(tmp_path / "other", parse_design(TALK | {"seed": 1}), [0])
    shutil.copy(parquet_parts.path_of(tmp_path / "other" / "runs", 0), parquet_parts.path_of(folder / "runs", 1))
    with pytest.raises(StoreMismatch, match="belongs to another design"):
        open_store(folder)


def test_other_files_are_left_alone_and_told(folder, design):
    fill(folder, design, [0])
    (folder / "notes.txt").write_text("mine")
    (folder / "runs" / "mine.csv").write_text("1,2")
    (folder / "figures").mkdir()
    fill(folder, design, [1])
    assert status(folder).strangers == ("figures", "notes.txt", "runs/mine.csv")
    assert (folder / "notes.txt").read_text() == "mine"
    assert len(results(folder)) == 2


def test_a_full_disk_loses_nothing_and_shows_nothing_torn(folder, design, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with open_store(folder, design) as store:
        store.add(row(0))
        store.flush()
        store.add(row(1))
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(StoreUnwritable) as caught:
                store.flush()
        assert "the disk is full" in str(caught.value)
        assert f"winset resume {folder}" in caught.value.problems[0].hint
        assert not [name for name in pieces(folder) if name.endswith(".tmp")]
        assert results(folder)["number"].tolist() == [0]
    assert results(folder)["number"].tolist() == [0, 1]


LIMITED = """
import json, resource, sys
import lab.store.folder
from lab.design.reader import parse_design
from lab.store.errors import StoreUnwritable
from lab.store.folder import open_store
from lab.finished_run import Finished
lab.store.folder.LONGEST_WAIT = 3600.0
store = open_store(sys.argv[1], parse_design(json.loads(sys.argv[2])))
store.add(Finished(0, "ok", ("agreement", 0.0)))
store.flush()
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    store.add(Finished(1, "error", error="no"))
    store.flush()
except StoreUnwritable as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="files have no limits there")
def test_a_system_that_takes_no_more_bytes_is_told_as_it_is(folder, design):
    command = [sys.executable, "-c", LIMITED, str(folder), json.dumps(TALK)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "the disk is full" in done.stdout, done.stderr
    assert parquet_parts.part_numbers(folder / "runs") == [0]
    assert not [name for name in pieces(folder) if name.endswith(".tmp")]
    assert results(folder)["number"].tolist() == [0]


def test_a_folder_that_must_not_be_written_to_is_told(tmp_path, design, monkeypatch):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreUnwritable, match="cannot be written"):
        open_store(tmp_path / "file" / "sweep", design)

    def refuse(*_):
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StoreUnwritable, match="Read-only file system") as caught:
        open_store(tmp_path / "sweep", design)
    assert not isinstance(caught.value, StorageError)
    assert "resume" not in caught.value.problems[0].hint  # there is nothing to go on with


def test_a_disk_that_is_broken_is_told(folder, design, monkeypatch):
    fill(folder, design, [0])

    def fail(*_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StorageError, match="Input/output error") as caught:
        open_store(folder)
    assert f"winset resume {folder}" in caught.value.problems[0].hint


@pytest.mark.skipif(sys.platform == "win32", reason="there is no flock")
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_disk_without_locks_is_told_and_no_other_kind_of_lock_is_taken(tmp_path, design, monkeypatch, number):
    def refuse(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", refuse)
    with pytest.raises(StoreLocked, match=f"has no locks: {os.strerror(number)}"):
        open_store(tmp_path / "sweep", design)
    assert pieces(tmp_path / "sweep") == [".lock"]


def test_a_refused_writer_leaves_the_lock_file_as_it_is(tmp_path):
    path = tmp_path / ".lock"
    with Lock(tmp_path):
        note, file = path.read_bytes(), path.stat().st_ino
        with pytest.raises(StoreLocked, match=f"process {os.getpid()} on "):
            Lock(tmp_path)
        assert (path.read_bytes(), path.stat().st_ino) == (note, file)
        with pytest.raises(StoreLocked):  # the refused writer has not released the lock of the other
            Lock(tmp_path)
    assert (path.read_bytes(), path.stat().st_ino) == (b"", file)


# -- sweep.json, half there or half right


def written(folder, design):
    fill(folder, design, [0, 1])
    return json.loads((folder / "sweep.json").read_text(encoding="utf-8"))


def places(value, at=()):
    """Every key and item of a JSON value, by its path."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inside:
        yield (*at, key)
        yield from places(below, (*at, key))


def changed(told, place, change):
    copy = json.loads(json.dumps(told))
    *above, last = place
    inside = copy
    for key in above:
        inside = inside[key]
    change(inside, last)
    return copy


def dropped(inside, key):
    del inside[key]


def otherwise(inside, key):
    inside[key] = {"strange": [inside[key]]}


IDLE = {"schema", "cases", "winset", "made"}
"""Keys that nothing is read from."""


@pytest.mark.parametrize("change", [dropped, otherwise])
def test_a_description_that_is_half_right_is_refused_and_no_row_is_touched(folder, design, change):
    told = written(folder, design)
    before = pieces(folder)
    found = list(places(told))
    for place in [place for at, place in enumerate(found) if len(place) < 3 or at % 5 == 0]:
        (folder / "sweep.json").write_text(json.dumps(changed(told, place, change)), encoding="utf-8")
        if place[0] in IDLE:
            assert len(results(folder)) == 2
            continue
        for doing in (lambda: open_store(folder), lambda: results(folder)):
            with pytest.raises((StoreDamaged, StoreMismatch)) as caught:
                doing()
            assert caught.value.problems[0].place == str(folder / "sweep.json"), place
            assert caught.value.problems[0].hint
    assert pieces(folder) == before


def test_a_description_that_is_half_written_is_refused(folder, design):
    whole = json.dumps(written(folder, design)).encode()
    for end in range(0, len(whole) - 1, 41):
        (folder / "sweep.json").write_bytes(whole[:end])
        with pytest.raises(StoreDamaged):
            open_store(folder)
    for strange in (b"\xff\xfe", b"[" * 100_000, b"null", b'"text"', b"[1]"):
        (folder / "sweep.json").write_bytes(strange)
        with pytest.raises(StoreDamaged):
            open_store(folder)


# -- files of somebody else


def test_a_folder_with_other_files_is_refused_and_keeps_them(folder, design):
    folder.mkdir()
    others = [folder / ".notes.tmp", folder / "notes.txt", folder / ".lock.tmp"]
    for path in others:
        path.write_text("precious")
    with pytest.raises(StoreMismatch, match="--force-folder"):
        open_store(folder, design)
    assert pieces(folder) == [".lock.tmp", ".notes.tmp", "notes.txt"]


def test_a_sweep_may_be_begun_beside_other_files_which_stay(folder, design):
    for place in (folder, folder / "runs", folder / "sessions"):
        place.mkdir()
        (place / ".notes.tmp").write_text("precious")
    with open_store(folder, design, beside=True) as store:
        store.add(row(0))
    fill(folder, design, [1])
    left = [name for name in pieces(folder) if name.endswith(".notes.tmp")]
    assert left == [".notes.tmp", "runs/.notes.tmp", "sessions/.notes.tmp"]
    assert len(results(folder)) == 2


def test_what_an_interrupted_beginning_left_is_no_file_of_somebody_else(folder, design):
    folder.mkdir()
    for name in (".lock", ".sweep.json.tmp"):
        (folder / name).write_text("")
    fill(folder, design, [0])
    assert len(results(folder)) == 1


@pytest.mark.parametrize("name", [".runs.new", ".runs.old"])
def test_a_folder_that_is_refused_keeps_every_file(folder, design, name):
    fill(folder, design, [0])
    left = [
        folder / ".sweep.json.tmp",
        folder / "runs" / ".part-000009.parquet.tmp",
        folder / name / "part-000000.parquet",
    ]
    (folder / name).mkdir()
    for path in left:
        path.write_text("half")
    with pytest.raises(StoreMismatch):
        open_store(folder, parse_design(TALK | {"seed": 1}))
    assert all(path.exists() for path in left)
    open_store(folder, design).close()
    assert not any(path.exists() for path in left)


@pytest.mark.parametrize("name", [".runs.new", ".runs.old"])
def test_a_file_of_somebody_else_among_old_parts_is_not_deleted(folder, design, name):
    fill(folder, design, [0])
    (folder / name).mkdir()
    (folder / name / "mine.csv").write_text("precious")
    with pytest.raises(StoreDamaged, match="move them"):
        open_store(folder)
    assert (folder / name / "mine.csv").read_text() == "precious"


def test_a_compaction_that_finds_the_disk_full_is_refused_and_the_old_parts_stay(folder, design, monkeypatch):
    fill(folder, design, range(5))
    fill(folder, design, range(5, 9))
    before = len(results(folder))

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(parquet_parts, "write_table", full)
    with pytest.raises(StorageError):
        compact(folder)
    monkeypatch.undo()
    assert len(results(folder)) == before
