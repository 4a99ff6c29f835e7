"""Results as Plotly figures: pure functions from numbers and a colour mode to a figure.

    base            the template and the drawing functions that all figures use
    payoffs         the payoffs that two countries can reach: polygon, efficient edge, named points
    panels          two panels with one horizontal axis: gross gains above, net gains below
    paradox_curve   the paradox of adverse interest: what could be gained and what both sign, the less alike two are
    level_curve     how far two countries open: gains by level, and the levels that both sign
    offers          the offers of a talk, by round and in payoff space
    sweeps          the results of a sweep: means along a factor, rows of means, stacked shares, boxes

Names, values and units stand on the data; only `sweeps.stacked_bars` has a legend. Dragging and zooming are off, so
that a swipe on a phone scrolls the page.
"""
