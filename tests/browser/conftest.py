"""The browser tests share one module of waits and measures, `screens`."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
