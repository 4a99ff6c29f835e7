"""Short names for the lines of a schedule board and for their levels.

The full texts of a schedule are long, and a cell on a phone has room for a few letters. The list from which a level is
picked, and the signed schedules, show the full texts.
"""

from __future__ import annotations

from collections.abc import Mapping

SHORT: Mapping[str, tuple[str, ...]] = {
    "places": ("no promise", "a third", "two thirds", "all"),
    "recognition": ("as today", "case by case", "agreed jobs", "mutual"),
    "fee": ("no cap", "15 %", "10 %", "5 %"),
    "levy": ("none", "5 %", "10 %", "20 %"),
    "levy_split": ("none", "a quarter", "half", "three quarters"),
    "partnership": ("nobody", "every fourth", "every second", "everybody"),
    "phasing": ("at once", "two steps", "three steps", "five steps"),
    "quota_unskilled": ("none", "0.5 %", "1.5 %", "3 %"),
    "quota_skilled": ("none", "inside firms", "shortage list", "above a wage"),
    "stay": ("one season", "2 years", "5 years", "may settle"),
    "social": ("emergency", "work injury", "contributory", "equal"),
    "tax_share": ("none", "2 %", "5 %", "10 %"),
    "fund_split": ("none", "a quarter", "half", "three quarters"),
    "linkage": ("none", "technical aid", "investment", "trade"),
    "integration": ("none", "language", "and diplomas", "and services"),
    "readmission": ("as today", "own nationals", "identified jointly", "and transit"),
    "safeguard": ("none", "joint review", "brake after talks", "own brake"),
    "border": ("as today", "information", "joint patrols", "host pays"),
    "data": ("none", "yearly table", "forecast", "live register"),
    "free_movement": ("as today", "visits", "listed skills", "everyone"),
    "portability": ("none", "paid abroad", "periods added", "all portable"),
    "equal_treatment": ("as today", "in law", "inspected", "in practice"),
}
"""Short names of the levels, by key of the issue: all ladders that the library uses."""

LINES: Mapping[str, str] = {
    "quota_unskilled": "Places, less-skilled",
    "quota_skilled": "Places, skilled",
    "social": "Social protection",
    "tax_share": "Levy on pay abroad",
    "levy": "Levy on pay abroad",
    "fund_split": "Fund to origin",
    "levy_split": "Levy to origin",
    "linkage": "Linked concession",
    "integration": "Integration fund",
    "fee": "Fee of recruiters",
    "recognition": "Recognition",
    "border": "Joint border control",
    "free_movement": "Free movement",
    "portability": "Portable benefits",
    "equal_treatment": "Equal treatment",
}
"""Short names of lines whose own name is too long for a board."""
