"""Sweeps for the tests of reports: small designs, with rows that nobody played."""

import lab
from lab import parse_design
from lab.finished_run import Finished
from lab.store.folder import open_store

ARMS = ("never", "often", "always", "broken")
DEADLINE = {"key": "agenda.rounds", "name": "deadline", "values": [4, 6, 8]}


def policy(at):
    """Settings in which arms differ twice, so that they are no steps of one dial."""
    return {"agenda.returns": at, "agenda.discount": 1 - at / 20}


def talks(folder, value, arms=ARMS, fail=("broken",), name="talks", **cells):
    """A sweep of talks whose rows nobody played: `value` gives the measures by arm, point and replicate."""
    told = {
        "schema": 1,
        "scenario": "alike-neighbours",
        "kind": "simulate",
        "measure": ["agreement", "rounds", "value.Ardenia", "outcome", "reason"],
        "replicates": 4,
        "factor": [DEADLINE],
        "arm": [{"name": arm, "set": policy(at)} for at, arm in enumerate(arms)],
    }
    design = parse_design(told | cells, name)
    with open_store(folder / name, design) as store:
        for number in store.todo().tolist():
            case = lab.case(design, number)
            if case.arm in fail:
                store.add(Finished(number, "error", error_type="ValueError", error="no"))
            else:
                told_of = value(case.arm, case.point, case.replicate)
                store.add(Finished(number, "ok", told_of[: len(design.measures)]))
    return folder / name


def played(arm, point, replicate):
    """Agreement is constant in two arms of three; rounds and the reason are the same everywhere."""
    agreed = {"never": 0.0, "always": 1.0}.get(arm, float((point + replicate) % 2))
    return agreed, 5.0, agreed * point, "agreement" if agreed else "breakdown", "as it was"
