"""Names of the four accounts of Table 6.2, in the order in which they are printed everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from games.documents import Keys
from games.messages import message

HOST_NATIVES, OLD_MIGRANTS = message("host natives"), message("old migrants")
ORIGIN_NATIVES, NEW_MIGRANTS = message("origin natives"), message("new migrants")
ACCOUNTS = (HOST_NATIVES, OLD_MIGRANTS, ORIGIN_NATIVES, NEW_MIGRANTS)
"""The populations of Alonso, Table 6.2."""
ACCOUNT_LABELS: Mapping[str, str] = {
    HOST_NATIVES: message("Host natives"),
    OLD_MIGRANTS: message("Old migrants"),
    ORIGIN_NATIVES: message("Origin natives"),
    NEW_MIGRANTS: message("New migrants"),
}
"""The accounts at the head of a line."""
AccountValues = Annotated[Mapping[str, float | None], Keys(ACCOUNTS)]
"""A value for every account, in documents; None where it is not known."""
