from .analysis.analysis import Analysis, analyse
from .analysis.review import Review, review
from .index import LibraryEntry, library
from .reading import Draft, as_changes, as_scenario, draft, read, schema, template
from .scenario import MODEL, Country, EntryIntoForce, Procedure, Scenario, ScheduledShock, Seat, Teaching
from .valuation import apply_shocks, preferences

__all__ = [
    "MODEL",
    "Analysis",
    "Country",
    "Draft",
    "EntryIntoForce",
    "LibraryEntry",
    "Procedure",
    "Review",
    "Scenario",
    "ScheduledShock",
    "Seat",
    "Teaching",
    "analyse",
    "apply_shocks",
    "as_changes",
    "as_scenario",
    "draft",
    "library",
    "preferences",
    "read",
    "review",
    "schema",
    "template",
]
