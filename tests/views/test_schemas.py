"""The JSON Schema of every document is the one that its dataclass gives.

After a document is changed on purpose, write the schemas anew and read the difference:

    uv run python -m tests.views.test_schemas
"""

import json
import pkgutil
from importlib import import_module
from importlib.resources import files
from pathlib import Path

from games.documents import Document, document_schema
from tests.source_tree import OWN

SCHEMAS = Path(str(files("views.cli"))) / "schemas"


def import_all() -> None:
    """Import every module, so that all documents are known; pages and workers run when they are imported."""
    for name in OWN:
        package = import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.startswith("views.pages."):
                import_module(module.name)


def documents(kind: type[Document] = Document) -> list[type[Document]]:
    """All whole documents of our packages; tests define others."""
    below = [found for each in kind.__subclasses__() for found in documents(each)]
    return [kind, *below] if kind.NAME and kind.__module__.partition(".")[0] in OWN else below


def schema_text(kind: type[Document]) -> str:
    return json.dumps(document_schema(kind), indent=2, ensure_ascii=False) + "\n"


def test_schemas_follow_from_the_documents() -> None:
    import_all()
    for kind in documents():
        assert (SCHEMAS / f"{kind.NAME}.json").read_text(encoding="utf-8") == schema_text(kind), kind


def test_every_schema_has_a_document() -> None:
    import_all()
    assert {kind.NAME for kind in documents()} == {file.stem for file in SCHEMAS.glob("*.json")}


if __name__ == "__main__":
    import_all()
    for kind in documents():
        (SCHEMAS / f"{kind.NAME}.json").write_text(schema_text(kind), encoding="utf-8")
