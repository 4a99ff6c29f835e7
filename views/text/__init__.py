"""Results as text for a terminal.

Modules are loaded when they are first used, so that `winset --help` starts fast.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
