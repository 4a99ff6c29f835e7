"""Many runs: maps of the model point by point, and sweeps over cases.

    ground + dials  ->  Atlas  ->  draw  ->  Survey; with a file, every point in Parquet
    plan  ->  Design  ->  case by case  ->  Bench  ->  Store  ->  results
    folder  ->  Harvest  ->  drivers, discover, weigh, differences  ->  Findings  ->  report, archive

An atlas solves economies in arrays and meets no delegation: Mesa is nowhere in its path. Names resolve when
they are first asked for, so that `import lab` costs nothing.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
