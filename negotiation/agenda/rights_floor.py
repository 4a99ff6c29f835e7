"""The rights floor: rights that hold at every level of every ladder in every deal.

It is never on an agenda: nobody can offer it, set a price for it or trade it away.
"""

from __future__ import annotations

from games.messages import message

RIGHTS_FLOOR = (
    message("Nobody is returned to a place of danger (no refoulement)."),
    message("Nobody is expelled as one of a group: every case is reviewed on its own."),
    message("Nobody is detained arbitrarily or treated in a degrading way."),
    message("People in danger on the way are searched for and rescued."),
    message("Everybody is free to leave, and free to return to their own country."),
    message("Papers stay with their owner."),
    message("Nobody is forced to work, and no child is put to work."),
    message("Nobody is discriminated against at work."),
    message("Workers are free to join a union and to bargain together."),
    message("Work is safe and healthy."),
    message("In every decision about a child, the child's best interests count."),
)
"""The sentences of the floor; those on work are the ILO's fundamental principles (1998 Declaration, amended 2022)."""
