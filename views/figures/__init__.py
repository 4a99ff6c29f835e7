"""Results as Plotly figures: pure functions from numbers and a mode of the screen to a figure.

    canvas      the template and the few strokes that every figure is made of
    payoffs     everything that two countries can reach: polygon, efficient edge, named points
    regime      the paradox of adverse interest: what an agreement could bring and what would be signed

No figure has a legend: names, values and units stand on the data. Nothing can be dragged or zoomed, so that
a thumb on a phone scrolls past.
"""
