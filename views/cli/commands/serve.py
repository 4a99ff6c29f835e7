"""`winset app`: replace this process by Streamlit, with our settings and without access from the network.

Streamlit reads a config.toml only from the home folder, the working folder and the script's folder. Installed from a
wheel, ours would not be found, so every key of it becomes a flag. A list or a table is written as JSON, which is how
Streamlit reads one from a flag (`_populate_theme_msg` in its app_session, 1.52 to 1.67).
"""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NoReturn, cast

from games.errors import input_error

LOCAL = "127.0.0.1"
"""Address for access from this machine only; by default Streamlit accepts connections from the network."""

UNASKED = {"server.showEmailPrompt": False}
"""Without this setting Streamlit asks for an e-mail address at its first start in a home folder."""


def launch(port: int | None = None, host: str = LOCAL) -> NoReturn:
    """Replace this process by the Streamlit server of the browser front end; never returns.

    There is no child process: a signal to this process stops the server. Raises InputError when app.py or Streamlit is
    not installed.
    """
    if find_spec("streamlit") is None:
        raise input_error("app", "Streamlit is not installed here", "install Winset again: pip install winset")
    sys.stdout.flush()
    os.execv(sys.executable, server_command(port, host))  # noqa: S606 - no shell is wanted


def server_command(port: int | None = None, host: str = LOCAL) -> list[str]:
    """Return the command line, as a list of arguments, that starts the server of the browser front end.

    Without a port Streamlit takes the first free one from 8501. With -P Python imports no module from the working
    folder.
    """
    place = {"server.address": host} | ({} if port is None else {"server.port": port})
    flags = [f"--{key}={flag_value(value)}" for key, value in {**dict(settings()), **UNASKED, **place}.items()]
    return [sys.executable, "-P", "-m", "streamlit", "run", str(app_path()), *flags]


def app_path() -> Path:
    """Return the path of app.py, the script of the browser front end; it is beside the packages of Winset.

    Raises InputError when it is missing.
    """
    door = Path(str(files("views"))).parent / "app.py"
    if not door.is_file():
        raise input_error("app", f"{door} is missing", "install Winset again: pip install --force-reinstall winset")
    return door


def settings() -> Iterator[tuple[str, Any]]:
    """Yield the settings of the Streamlit server as pairs of a key, such as `server.port`, and its value.

    They come from the packaged file views/style/streamlit_config.toml.
    """
    return leaves(tomllib.loads((files("views.style") / "streamlit_config.toml").read_text(encoding="utf-8")))


def leaves(table: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the values in nested tables as pairs of a key and a value; keys of nested tables are joined by dots.

    `path` is put before every key. A list, also one of tables, counts as a value.
    """
    for key, value in table.items():
        if isinstance(value, dict):
            yield from leaves(cast("dict[str, Any]", value), f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def flag_value(value: Any) -> str:
    """Return a setting of Streamlit as the text of a command-line flag: a string as it is, everything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
