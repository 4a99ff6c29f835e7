from collections.abc import MutableMapping
from typing import Any

class _Templates(MutableMapping[str, Any]):
    default: str

templates: _Templates

def to_html(fig: Any, *args: Any, **kwargs: Any) -> str: ...
def to_json(fig: Any, *args: Any, **kwargs: Any) -> str: ...
