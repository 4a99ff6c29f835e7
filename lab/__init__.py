"""Many runs: maps of the model over a grid of points, and sweeps over the cases of a design.

    ground + dials  ->  Atlas  ->  draw  ->  Survey; with a file, every point in Parquet
    plan  ->  Design  ->  sweep, case by case  ->  store folder  ->  results
    folder  ->  Harvest  ->  drivers, discover, weigh, differences  ->  Findings  ->  report, archive

An atlas solves economies in arrays. It plays no talks and never imports Mesa. Public names are imported at their
first use (lazy_loader), so that `import lab` is cheap.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
