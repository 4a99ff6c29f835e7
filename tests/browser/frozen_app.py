"""app.py over the library of a test: links in tests hold moves, and the library's own cases may change.

`streamlit run` starts it with the folder of the library in FROZEN_LIBRARY (`frozen_url` in tests/conftest.py).
"""

import os
import runpy
from pathlib import Path

from scenarios.reading import source
from views.cli.commands.serve import app_path

source.LIBRARY = Path(os.environ["FROZEN_LIBRARY"])
runpy.run_path(str(app_path()), run_name="__main__")
