from .analysis.analysis import Analysis, analyse
from .analysis.review import Review, review
from .index import Entry, library
from .reading import Draft, as_changes, as_scenario, draft, read, schema, template
from .scenario import MODEL, Country, EntryIntoForce, Procedure, Scenario, Seat, Shock, Teaching
from .valuation import at, preferences

__all__ = [
    "MODEL",
    "Analysis",
    "Country",
    "Draft",
    "Entry",
    "EntryIntoForce",
    "Procedure",
    "Review",
    "Scenario",
    "Seat",
    "Shock",
    "Teaching",
    "analyse",
    "as_changes",
    "as_scenario",
    "at",
    "draft",
    "library",
    "preferences",
    "read",
    "review",
    "schema",
    "template",
]
