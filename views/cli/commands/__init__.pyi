from . import atlas, demo, doctor, report, scenarios, serve, simulate, solve, sweep

__all__ = [
    "atlas",
    "demo",
    "doctor",
    "report",
    "scenarios",
    "serve",
    "simulate",
    "solve",
    "sweep",
]
