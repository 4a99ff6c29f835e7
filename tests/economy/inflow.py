"""The mutual opening at a given inflow, with its money accounts."""

import numpy as np

from economy.model.payoffs import agreement_with_accounts


def agreement_with_accounts_at_inflow(p, inflow=0.03):
    """The cell (L,L) and its accounts at the openness, of 400, whose arrivals are nearest to a share of the workers."""
    cells, accounts = agreement_with_accounts(p.replace(openness=np.geomspace(0.001, 0.3, 400)))
    at = int(np.argmin(np.abs(cells.inflow[:, 0] - inflow)))
    return cells[at], accounts[at]
