"""Cases: read a scenario file, check it once, and analyse it before any talks are played.

    read(name, changes)  ->  Scenario  ->  analyse      ->  Analysis
                                       ->  review       ->  Review (scored cases: counts and the design checks)
                                       ->  preferences  ->  value of every package for every seat and group

Public names are imported at their first use (lazy_loader), so that `import scenarios` is cheap.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
