"""A case: what a file says, read and checked once, and what theory makes of it before anyone talks.

    read(name, changes)  ->  Scenario  ->  analyse  ->  Analysis
                                       ->  review (a scored case counted, and its design held against four checks)
                                       ->  preferences (what every package is worth to every seat and group)

Names resolve when they are first asked for, so that `import scenarios` costs nothing.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
