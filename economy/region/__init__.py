"""N countries that open to each other by treaty: the bilateral model with a choice among many hosts.

    countries (facts) -> migration (who goes where) -> market (wages) -> ledger (money) -> stakes (payoffs)

With two countries every number is that of the bilateral model.
"""
