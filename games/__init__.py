"""Pure game theory: two-player games, all their equilibria, their classes, and bargaining solutions.

    from games import Bimatrix, solve
    solve(Bimatrix(([[5, 1], [3, 3]], [[5, 3], [1, 3]]))).equilibria

Names are imported on first use (`lazy_loader`), so `import games` loads no submodule. Import `canon` from `games.canon`
and `portrait` from `games.summary`: the package attribute `games.canon` is the submodule.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
