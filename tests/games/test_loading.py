"""What is slow to load is loaded in part, or waited for only so long."""

import subprocess
import sys
import time
from threading import Event

import pytest

from games.slow_imports import call_with_deadline, import_single_file


def test_a_file_of_a_package_is_loaded_without_the_package():
    code = (
        "import sys; from games.slow_imports import import_single_file;"
        "found = import_single_file('nashpy', 'algorithms/support_enumeration.py');"
        "sys.exit(not callable(found.support_enumeration) or bool({'nashpy', 'scipy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(("package", "path"), [("nashpy", "no/such/file.py"), ("no_such_package", "file.py")])
def test_a_file_that_is_not_there_is_an_import_error(package, path):
    with pytest.raises(ImportError):
        import_single_file(package, path)


def test_what_is_loaded_in_time_is_given():
    assert call_with_deadline(lambda: 7, time.perf_counter() + 60) == 7


def test_what_goes_wrong_goes_wrong_here():
    def broken():
        raise ImportError("broken")

    with pytest.raises(ImportError, match="broken"):
        call_with_deadline(broken, time.perf_counter() + 60)


def test_nobody_waits_longer_than_the_deadline_and_the_loading_goes_on():
    go, done = Event(), Event()

    def slow():
        go.wait(60)
        done.set()

    assert call_with_deadline(slow, time.perf_counter() + 0.05) is None
    assert not done.is_set()
    go.set()
    assert done.wait(60)


def test_where_no_time_is_left_nothing_is_begun():
    begun = Event()
    assert call_with_deadline(begun.set, time.perf_counter() - 1) is None
    assert not begun.is_set()
