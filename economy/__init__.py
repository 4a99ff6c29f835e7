"""What is at stake: from the fundamentals of two countries to the payoffs of their governments.

    parameters -> market (wages and flows) -> accounts (money by group) -> politics (payoffs)

The bilateral model of the project's specification; the nearest published model is Alonso and Santos Arteaga
(2020), "International migratory agreements: the paradox of adverse interest". Its defaults are a fit to the
tables of Alonso, "Managing Labor Mobility"; it claims no prediction.

Names are loaded when they are first asked for, so that importing this package costs nothing.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
