"""The tests of views/ share sample data by name."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
