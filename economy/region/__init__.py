"""N countries that open to each other by treaty: the bilateral model with a choice among many hosts.

    countries (facts) -> migration (who goes where) -> market (wages) -> group_gains (money) -> payoffs

With two countries every number equals that of the bilateral model.
"""
