"""What an outcome tells beside the deal: what delay cost, what was asked, what the law warns of, who could be paid."""

import json
from dataclasses import replace

import jsonschema
import numpy as np
import pytest

from economy.account_names import ACCOUNTS
from economy.model.money_accounts import MoneyAccounts
from games.documents import document_schema
from negotiation.agenda.package_grid import build_agenda
from negotiation.outcome.outcome import Outcome
from negotiation.outcome.outcome_document import OutcomeDocument
from negotiation.preferences.mandates import Mandate, RedLine
from negotiation.preferences.values import Preferences
from negotiation.protocols.engine import replay_talks
from negotiation.protocols.moves import Accept, Hold, Offer, PhaseEnd, Request, Vote, Walk
from negotiation.protocols.state import Rules
from tests.present import present

TABLE = build_agenda(["places", "levy", "floor"])
ROLES = {"Spain": "host", "Morocco": "origin"}
DEAL = TABLE.package((2, 1, 1))
GROUPS = (("workers", "owners"), ("families",))


def preferences(stakes):
    """Everything is worth 8 and 4 to the governments; `stakes` is what each group has of it."""
    opened = (np.arange(TABLE.count) > 0).astype(np.float64)[:, None]
    rows = [opened * np.array(own, dtype=np.float64) for own in stakes]
    return Preferences(
        parties=("Spain", "Morocco"),
        groups=GROUPS,
        unit="points",
        values=opened * np.array([8.0, 4.0]),
        walk_away=np.zeros(2),
        worth=np.ones(2),
        stakes=tuple(rows),
        votes=tuple(np.sign(each).astype(np.int8) for each in rows),
        weights=((1, 1), (1,)),
        accounts=opened * np.array([8.0, 4.0, 1.0]),
        accounts_of=("host natives", "origin natives", "new migrants"),
        notes=("a note",),
    )


GLAD = preferences([[5, 3], [4]])
TORN = preferences([[-2, 10], [4]])


def outcome(moves, worth=GLAD, discount=1.0, rounds=9, protocol="alternating", mandates=()):
    shape = TABLE.shape
    rules = Rules(protocol, TABLE.count, ((1, 1), (1,)), rounds, 0, shape, ((), ()), discount=discount)
    talks = replay_talks(rules, moves)
    return Outcome("case", 0, 0, TABLE, worth, ROLES, talks, mandates)


AYES = [Vote(0, 0, 1), Vote(0, 1, 1), Vote(1, 0, 1)]


def signed(waits, by_origin=True):
    """A deal after so many rounds of holding; the other side accepts, in the same round or as the next one begins."""
    quiet = [Hold(party) for _ in range(waits) for party in (0, 1)]
    last = [Offer(0, DEAL), Accept(1)] if by_origin else [Hold(0), Offer(1, DEAL), Accept(0)]
    return [*quiet, *last, *AYES]


@pytest.mark.parametrize(
    ("waits", "by_origin", "delay"), [(0, True, 0), (0, False, 1), (1, True, 1), (1, False, 2), (5, True, 5)]
)
def test_a_deal_is_discounted_by_every_round_completed_before_it(waits, by_origin, delay):
    told = outcome(signed(waits, by_origin), discount=0.5).to_dict()
    assert told["rounds"] == delay + 1
    assert told["values"] == {"Spain": 8 * 0.5**delay, "Morocco": 4 * 0.5**delay}
    assert told["points"]["host natives"] == 8, "not discounted"
    assert f"after {delay} of them" in told["notes"][-1]


def test_without_a_discount_nothing_is_said_of_it():
    told = outcome(signed(3)).to_dict()
    assert told["values"] == {"Spain": 8, "Morocco": 4}
    assert told["notes"] == ["a note"]


def test_a_breakdown_has_nothing_to_discount():
    told = outcome([Walk(0, "no")], discount=0.5).to_dict()
    assert told["values"] == {"Spain": 0, "Morocco": 0}
    assert told["deal"] is None
    assert told["points"] == {"host natives": 0, "old migrants": None, "origin natives": 0, "new migrants": 0}
    assert told["groups"] == {"Spain": {"workers": 0, "owners": 0}, "Morocco": {"families": 0}}


def test_requests_name_the_lines_they_ask_for():
    moves = [Request(0, ((1, 2),)), Request(1, ((0, 3), (2, 1))), PhaseEnd("in"), Walk(0, "no")]
    told = outcome(moves, protocol="request_offer").to_dict()["transcript"]
    assert [move["asks"] for move in told[:2]] == [{"levy": 2}, {"places": 3, "floor": 1}]


def test_a_levy_beside_the_conventions_is_warned_of():
    (warning,) = outcome(signed(0)).to_dict()["deal"]["warnings"]
    assert "C97" in warning
    alone = [Offer(0, TABLE.package((2, 1, 0))), Accept(1), *AYES]
    assert outcome(alone).to_dict()["deal"]["warnings"] == []


def test_the_country_that_refused_is_told_what_compensation_would_have_cost():
    voted_down = [Offer(0, DEAL), Accept(1), Vote(0, 0, -1), Vote(0, 1, 0), Vote(1, 0, 1)]
    ended = outcome(voted_down, TORN).to_dict()["ended_by"]
    assert (ended["party"], ended["group"]) == ("Spain", "workers")
    assert ended["compensation"] == {"payments": {"workers": 2}, "total": 2}


@pytest.mark.parametrize(
    ("moves", "worth"),
    [
        ([Walk(0, "no")], TORN),
        ([Offer(0, DEAL), Walk(1, "no")], GLAD),
    ],
    ids=["nothing was proposed", "it would have passed"],
)
def test_compensation_is_null_where_it_is_no_answer(moves, worth):
    assert outcome(moves, worth).to_dict()["ended_by"]["compensation"] is None


def test_faithfulness_is_told_by_party():
    mandates = (Mandate((RedLine("levy", high=0), RedLine("places", high=2)), ("levy",)), Mandate())
    told = outcome(signed(0), mandates=mandates).to_dict()["faithfulness"]
    assert told["Spain"] == {"red_lines": 0.5, "priorities": 0}
    assert told["Morocco"] == {"red_lines": None, "priorities": None}
    assert outcome(signed(0)).to_dict()["faithfulness"] is None


def test_what_was_signed_across_a_red_line_and_voted_down_counts_as_crossed():
    mandates = (Mandate((RedLine("levy", high=0), RedLine("places", high=2))), Mandate((RedLine("levy", high=0),)))
    nays = [Vote(0, 0, -1), Vote(0, 1, -1), Vote(1, 0, 1)]
    told = outcome([Offer(0, DEAL), Accept(1), *nays], TORN, mandates=mandates).to_dict()
    assert (told["outcome"], told["deal"]) == ("not ratified", None)
    assert [told["faithfulness"][party]["red_lines"] for party in ("Spain", "Morocco")] == [0.5, 0]


def test_remarks_follow_the_notes_and_all_is_json():
    spoken = replace(outcome(signed(0)), remarks=("said",))
    told = json.loads(json.dumps(spoken.to_dict(), allow_nan=False))
    assert told["notes"] == ["a note", "said"]
    assert list(told)[:3] == ["schema", "scenario", "seed"]


def test_the_deal_is_on_paper():
    paper = outcome(signed(0)).deal_document
    assert paper is not None
    assert [line.issue for _, line in paper.schedules["Morocco"] if line] == ["floor"]
    assert outcome([Walk(0, "no")]).deal_document is None
    assert outcome([Walk(0, "no")]).package is None, "no agreement is no package"


def in_money(worth=GLAD):
    """The same packages with money accounts: 1, 2, 3, 4 in private, a tenth of it in public, and a cost of moving."""
    opened = (np.arange(TABLE.count) > 0).astype(np.float64)
    private = opened[:, None] * np.array([1.0, 2.0, 3.0, 4.0])
    flat = dict.fromkeys(("rent", "fees", "crowding", "administration", "training"), np.zeros(TABLE.count))
    cost = {"sent_home": 0.5 * opened, "cost_of_moving": 3.0 * opened, "gdp": 20.0 * opened}
    money = MoneyAccounts(private=private, public=private / 10, **cost, **flat)
    return replace(worth, accounts=money.total, accounts_of=ACCOUNTS, money=money, unit="% of own baseline GDP")


def test_money_accounts_stand_with_their_sums_and_no_points():
    told = outcome(signed(0), in_money()).to_dict()
    assert told["accounts"]["origin natives"] == {
        "private": 3,
        "public": pytest.approx(0.3),
        "total": pytest.approx(3.3),
        "of_which_sent_home": 0,
    }
    assert [each["of_which_sent_home"] for each in told["accounts"].values()] == [0, 0, 0, 0.5]
    assert told["sums"] == pytest.approx({"income": 11, "cost_of_moving": 3, "welfare": 8, "gdp": 20})
    assert told["points"] is None


@pytest.mark.parametrize("shift", [0.0, 5.0])
def test_without_a_deal_every_account_and_every_sum_is_exactly_zero(shift):
    """Whatever package 0 is worth: a text of its own may stand there, and no agreement is no package."""
    worth = in_money()
    money = present(worth.money)
    money = replace(money, private=money.private + shift, gdp=money.gdp + shift)
    shifted = replace(worth, values=worth.values + shift, accounts=money.total, money=money)
    told = outcome([Walk(0, "no")], shifted)
    document = told.to_dict()
    assert {value for account in document["accounts"].values() for value in account.values()} == {0.0}
    assert set(document["sums"].values()) == set(document["values"].values()) == {0.0}
    assert present(told.whole).realised == 0
    assert told.metrics == replace(told.metrics, share_of_joint_maximum=0.0, equity=0.0)


def test_points_stand_without_money_accounts():
    told = outcome(signed(0)).to_dict()
    assert (told["accounts"], told["sums"]) == (None, None)
    assert told["points"] == {"host natives": 8, "old migrants": None, "origin natives": 4, "new migrants": 1}


def test_the_total_gain_is_welfare_and_its_parts_add_up_with_the_cost_of_moving():
    gain = present(outcome(signed(0), in_money()).whole)
    assert (gain.possible, gain.realised, gain.signable) == (8, 8, 8)
    assert gain.parts == pytest.approx(
        {"host natives": 1.1, "old migrants": 2.2, "origin natives": 3.3, "new migrants": 4.4}
    )
    assert sum(gain.parts.values()) - present(gain.cost_of_moving) == pytest.approx(gain.possible)
    assert present(outcome(signed(0)).whole).cost_of_moving is None, "in points nothing is taken off"


def test_the_best_package_is_that_of_most_welfare_and_not_of_most_income():
    """A second package has more income, and its cost of moving takes more than that."""
    worth = in_money()
    money = present(worth.money)
    private, cost = money.private.copy(), money.cost_of_moving.copy()
    private[7] *= 2
    cost[7] = 30
    money = replace(money, private=private, cost_of_moving=cost)
    gain = present(outcome(signed(0), replace(worth, accounts=money.total, money=money)).whole)
    assert money.income[7] > money.income[DEAL]
    assert (gain.possible, gain.cost_of_moving) == (8, 3)


def test_the_schema_needs_every_account_and_no_other():
    check = jsonschema.Draft202012Validator(document_schema(OutcomeDocument))
    mandates = (Mandate((RedLine("places", 2),), ("levy",)), Mandate())
    told = outcome(signed(1), mandates=mandates).to_dict()
    check.validate(told)
    assert tuple(told["points"]) == ACCOUNTS
    for wrong in ({"new migrants": 1.0}, {**told["points"], "others": 1.0}):
        assert not check.is_valid({**told, "points": wrong})
    money = outcome(signed(1), in_money()).to_dict()
    check.validate(money)
    assert tuple(money["accounts"]) == ACCOUNTS
    for wrong in ({"new migrants": money["accounts"]["new migrants"]}, told["points"]):
        assert not check.is_valid({**money, "accounts": wrong})


@pytest.mark.parametrize(
    "moves", [[Walk(0, "no")], [Hold(0), Offer(1, DEAL), PhaseEnd("time")], [Offer(0, DEAL), Accept(1), *AYES]]
)
def test_every_move_of_a_document_has_the_keys_of_its_kind_only(moves):
    told = outcome(moves, rounds=1).to_dict()
    jsonschema.Draft202012Validator(document_schema(OutcomeDocument)).validate(told)
    keys = {"walk": {"party", "reason"}, "hold": {"party"}, "offer": {"party", "package", "levels"}}
    keys |= {"phase end": {"reason"}, "accept": {"party"}, "vote": {"party", "group", "choice"}}
    assert [set(line) for line in told["transcript"]] == [{"move", *keys[line["move"]]} for line in told["transcript"]]
