"""Pure game theory: games of two players, every equilibrium of them, their names, and what could be agreed.

    from games import Bimatrix, solve
    solve(Bimatrix(([[5, 1], [3, 3]], [[5, 3], [1, 3]]))).equilibria

Names are looked up when they are first used, so that importing this room costs nothing. `games.canon.canon` and
`games.summary.portrait` are not among them: a module of the same name would stand in their light.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
