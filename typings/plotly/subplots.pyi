from typing import Any

from plotly.graph_objs import Figure

def make_subplots(rows: int = 1, cols: int = 1, **kwargs: Any) -> Figure: ...
