"""The sentences of a report on the worlds in which the signed share falls."""

import pytest

from lab.analysis.bootstrap import Interval
from lab.analysis.paradox_worlds import FallCount, GapComparison, ParadoxCounts
from views.wording import paradox_worlds as worlds_wording
from views.wording.screen import NARROW

COUNTS = {"worlds": 2000, "counted": 1628, "without": 27, "nothing_signed": 372, "missing": 0}
SURE = Interval(mean=0.0166, low=0.011, high=0.023, n=1628, draws=1628)
SHARE = (
    "Without paradox: 1.7 % [1.1, 2.3] of the 1,628 worlds in which something is signed at gap 1; at no other gap is a "
    "smaller part signed there."
)
UNSIGNED = "In 372 of 2,000 worlds nothing is signed at gap 1: they are not counted."
LACKING = "3 of 2,000 worlds have no number at some gap: they are not counted."
HALF = SHARE.replace("1.7 % [1.1, 2.3]", "50.0 %").replace("1,628", "10")


def fall(count, mean):
    return FallCount(count=count, interval=Interval(mean=mean, low=None, high=None, n=1628, draws=0))


GROSS, NET, MORE = fall(1609, 0.9883), fall(1599, 0.9822), fall(1598, 0.9816)


def worlds(arm="every arm", gaps=(1.0, 2.0, 8.0), interval: Interval | None = SURE, far=(None, NET, None), **counts):
    near = GapComparison(gap=gaps[1], gross=None, net=fall(3, 0.001), more_to_gain=None)
    last = GapComparison(gap=gaps[-1], gross=far[0], net=far[1], more_to_gain=far[2])
    compared = () if interval is None else (near, last)
    return ParadoxCounts(arm=arm, gaps=gaps, interval=interval, comparisons=compared, **COUNTS | counts)


NET_FALLS = "From gap 1 to gap 8 the signed share of the best net gain falls in 1,599 (98.2 %) of 1,628 worlds."
BOTH_FALL = (
    "From gap 1 to gap 8 the signed share of the gross gain falls in 1,609 (98.8 %) of 1,628 worlds, and that of the "
    "best net gain in 1,599 (98.2 %)."
)
GROSS_FALLS = (
    "From gap 1 to gap 8 the signed share of the gross gain falls in 1,609 (98.8 %) of 1,628 worlds; the net was not "
    "measured."
)
MORE_TO_GAIN = (
    "In 1,598 (98.2 %) more could be gained at gap 8, net of what moving and crowding cost, and a smaller part of it "
    "is signed."
)
LEVY = worlds("levy", interval=Interval(mean=0.5, low=None, high=None, n=10, draws=0), counted=10, nothing_signed=0)
LEVY_FALLS = NET_FALLS.replace("1,628", "10")
NONE_SIGNED = worlds(interval=None, counted=0, without=0, nothing_signed=2000, gaps=(1.5, 3.0))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((worlds(),), f"{NET_FALLS} {SHARE} {UNSIGNED}"),
        ((worlds(nothing_signed=0, missing=3),), f"{NET_FALLS} {SHARE} {LACKING}"),
        ((worlds(far=(GROSS, NET, MORE)),), f"{BOTH_FALL} {MORE_TO_GAIN} {SHARE} {UNSIGNED} {worlds_wording.CHOICES}"),
        ((worlds(far=(GROSS, None, None)),), f"{GROSS_FALLS} {SHARE} {UNSIGNED}"),
        ((NONE_SIGNED,), "In none of 2,000 worlds is anything signed at gap 1.5: the paradox cannot show."),
        (
            (worlds("as it is"), LEVY),
            f"as it is: {NET_FALLS} {SHARE} {UNSIGNED} levy: {LEVY_FALLS} {HALF}",
        ),
        ((), ""),
    ],
)
def test_worlds_are_told_with_what_they_are_a_share_of(rows, said):
    assert worlds_wording.world_sentences(rows).replace(NARROW, " ") == said
    brief = worlds_wording.world_sentences(rows, brief=True).replace(NARROW, " ")
    left = said.replace(f" {UNSIGNED}", "").replace(f" {LACKING}", "").replace(f" {worlds_wording.CHOICES}", "")
    assert brief == left


# -- net beside gross, and the money accounts
