"""The economic model: from the fundamentals of two or more countries to the payoffs of their governments.

    parameters -> market (wages and flows) -> accounts (money by group) -> politics (payoffs)

The nearest published model is Alonso and Santos Arteaga (2020), "International migratory agreements: the paradox of
adverse interest", IZA Journal of Development and Migration 11(1). The defaults are a fit to the tables of Alonso,
"Managing Labor Mobility"; the model makes no prediction.

Names are imported on first use (lazy_loader), so importing this package is fast.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
