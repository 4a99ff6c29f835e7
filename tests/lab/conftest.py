"""The tests of lab/ hand out errands; processes that do them import them by name, and inherit this path."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
