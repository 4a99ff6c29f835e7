"""`winset demo`: six sentences on Morocco and Spain, each word of them tested against its figure, and the talks."""

from dataclasses import replace

import pytest

from economy.corridors.data import corridor_names
from economy.corridors.fitting import FREE_MOVEMENT, corridor
from economy.model.payoffs import solve_bilateral
from economy.policy.remedies import LEVY
from economy.policy.windows import remedy_window
from views.cli.commands import demo
from views.cli.commands.demo_sentences import BULLY, TRUST, corridor_sentences, coverage_sentence, unlike_sentences
from views.cli.commands.demo_story import compare_pairs, tell_corridor
from views.text.layout import Screen

LINES_BEFORE, SCREEN = 127, 24
"""Lines of the demo of the first version at 80 columns, and lines of a screen."""
HOST, OLD, ORIGIN, NEW = "host natives", "old migrants", "origin natives", "new migrants"
OTHERS = [name for name in corridor_names() if name not in FREE_MOVEMENT]


@pytest.fixture(scope="module")
def story():
    return tell_corridor(corridor("MAR-ESP"))


@pytest.fixture(scope="module")
def sentences(story):
    return corridor_sentences(story, "Spain", "Morocco")


@pytest.fixture(scope="module")
def result():
    return demo.run_demo()


def plain(text):
    return " ".join(text.replace("\u202f", " ").replace("\xa0", " ").split())


# -- the figures of the specification, from its prototype


def test_people_today(story):
    assert story.people_today == 785_884
    assert story.share_of_workers == pytest.approx(0.03955, abs=5e-6)
    assert story.share_of_willing == pytest.approx(0.18403, abs=5e-6)
    assert [step.people for step in story.steps] == [0, 392_942, 785_884]


def test_payoffs_and_classes(story):
    today, half, twice = story.steps
    assert today.payoffs == pytest.approx((0.0828, 2.5488), abs=5e-5)
    assert half.payoffs == pytest.approx((0.0253, 6.5923), abs=5e-5)
    assert twice.payoffs == pytest.approx((-0.1121, 10.4499), abs=5e-5)
    assert half.host_alone == pytest.approx(-0.349, abs=5e-5)
    assert [step.class_ for step in story.steps] == ["stag-hunt", "stag-hunt", "bully"]
    assert [step.host_prefers_today for step in story.steps] == [False, False, True]


def test_accounts(story):
    today, half, twice = ([each.total for each in step.accounts.values()] for step in story.steps)
    assert list(story.steps[0].accounts) == [HOST, OLD, ORIGIN, NEW]
    assert half == pytest.approx([0.0700, 0.3428, 0.3050, 0.6998], abs=6e-5)
    assert twice == pytest.approx([-0.0137, 0.3288, 0.5044, 1.3834], abs=6e-5)
    assert today == pytest.approx([0.0878, 0.3170, 0.0986, 0.0446], abs=6e-5)
    assert story.steps[1].accounts[NEW].of_which_sent_home == pytest.approx(0.1872, abs=5e-5)
    sums = story.steps[1].sums
    assert (sums.income, sums.cost_of_moving, sums.welfare) == pytest.approx((1.4176, 0.7099, 0.7076), abs=6e-5)
    assert [step.sums.welfare for step in story.steps] == pytest.approx([0.2899, 0.7076, 1.0487], abs=5e-5)


def test_limits_and_levy(story):
    assert (story.limits.without_levy, story.limits.with_levy) == pytest.approx((0.60, 3.15))
    assert story.newcomers_only.without_levy is None
    assert story.newcomers_only.with_levy == pytest.approx(1.75)
    windows = [end for step in story.steps for end in step.levy_window]
    assert windows == pytest.approx([0, 0.271, 0, 0.272, 0.024, 0.271], abs=1e-9)
    totals = [each.total for each in story.levy.accounts.values()]
    assert totals == pytest.approx([0.3852, 0.1684, 0.4285, 1.2170], abs=6e-5)
    host, origin = story.levy.below_today
    assert host == pytest.approx({"scarce_U": -0.8580}, abs=5e-5)
    assert origin == pytest.approx({"capital": -0.3186, "skilled_S": -0.0546}, abs=5e-5)


# -- the sentences


def test_the_six_sentences(sentences, story):
    first, second, third, fourth, fifth, sixth = map(plain, sentences)
    assert first == (
        "Today 786 thousand people from Morocco live in Spain: 4.0 % of its workers, and 18 % of those who would come. "
        "Nobody manages the corridor."
    )
    assert second == (
        "If both governments manage it at today's number, both gain: Spain's government 0.08 % of its GDP, Morocco's "
        "2.55 %."
    )
    assert third == (
        "With half as many again, 393 thousand more, incomes rise by 1.42 % of the two countries' GDP: +0.70 for new "
        "migrants, who besides send 0.19 to their families, +0.34 for those already there, +0.30 for natives of "
        "Morocco and +0.07 for natives of Spain. What moving costs people takes 0.71 of it; 0.71 is left, net."
    )
    assert fourth == (
        "Spain gains little by it (+0.03 %) and would lose 0.35 % if it opened alone: a stag hunt, in which each opens "
        "only if it trusts the other."
    )
    assert fifth == (
        "With twice today's number there is more to gain (1.05 % net instead of 0.71), and Spain no longer gains "
        "(−0.11 %): a “bully” game, in which Spain is better off with today's number whatever Morocco does. Without a "
        "payment or other terms the limit is 60 % more than today's number."
    )
    assert sixth == (
        "A levy of 2.4 to 27 % of what migrants earn pays for it. At 10 % the changes are +0.39 for natives of Spain, "
        "+1.22 for new migrants, +0.17 instead of +0.33 for those already there, and +0.43 for natives of Morocco. In "
        "Spain only less skilled workers (−0.86 % of GDP) are below today. In Morocco only owners of capital (−0.32 % "
        "of GDP) and skilled workers (−0.05 % of GDP) are below today."
    )
    assert plain(coverage_sentence(story.newcomers_only)) == (
        "If the treaty reaches newcomers only, no rise holds without a levy, and with one of at most 20 % a rise up to "
        "175 % does."
    )


def test_incomes_are_the_sum_of_the_accounts_and_the_net_is_what_moving_leaves(story):
    for sums, accounts in [(step.sums, step.accounts) for step in story.steps] + [
        (story.levy.sums, story.levy.accounts)
    ]:
        assert sums.income == pytest.approx(sum(each.total for each in accounts.values()), abs=1e-12)
        assert sums.welfare == pytest.approx(sums.income - sums.cost_of_moving, abs=1e-12)


def test_the_window_holds_at_its_ends_and_not_beyond():
    """Both gain, and neither closes alone, at 2.4 % and 27.1 %, and no longer at 2.3 % and 27.3 %."""
    p = corridor("MAR-ESP").parameters.replace(expansion=1.0)

    def holds(tax):
        payoffs = solve_bilateral(p.replace(tax=tax)).payoffs
        both = payoffs[:, 0, 0]
        return bool((both > 0).all() and both[0] >= payoffs[0, 1, 0] and both[1] >= payoffs[1, 0, 1])

    assert [holds(tax) for tax in (0.0, 0.023, 0.024, 0.10, 0.271, 0.273)] == [False, False, True, True, True, False]
    window = remedy_window(p, LEVY)
    assert (float(window.low), float(window.high)) == pytest.approx((0.024, 0.271))


@pytest.mark.parametrize("code", OTHERS)
def test_every_word_follows_from_a_figure_in_every_corridor(code):
    """The demo tells one corridor; its sentences must be true of any."""
    found = tell_corridor(corridor(code))
    told = [plain(text) for text in corridor_sentences(found, "Hostland", "Originland")]
    today, half, twice = found.steps
    assert ("both gain" in told[1]) == (min(today.payoffs) > 0)
    assert ("incomes rise" in told[2]) == (half.sums.income > 0)
    assert ("gains little" in told[3]) == (0 <= half.payoffs[0] < 0.1 and half.host_alone < 0)
    assert ("would lose" in told[3]) == (half.payoffs[0] >= 0 > half.host_alone)
    assert ("loses by it" in told[3]) == (half.payoffs[0] < 0)
    for step, text in ((half, told[3]), (twice, told[4])):
        assert (TRUST in text) == (step.class_ == "stag-hunt")
        assert ("“bully” game" in text) == (step.class_ == "bully" and step.host_prefers_today)
    assert ("more to gain" in told[4]) == (twice.sums.welfare > half.sums.welfare)
    assert ("no longer gains" in told[4]) == (twice.payoffs[0] < 0)
    assert ("pays for it" in told[5]) == (twice.levy_window is not None and twice.levy_window[0] > 0)
    assert ("without a levy on what migrants earn" in told[5]) == (
        twice.levy_window is not None and twice.levy_window[0] == 0
    )
    for country, below in zip(("Hostland", "Originland"), found.levy.below_today, strict=True):
        assert (f"In {country} no group is below today." in told[5]) == (not below)
    rise = found.newcomers_only.without_levy
    assert ("no rise holds without a levy" in coverage_sentence(found.newcomers_only)) == (not rise)


def test_the_words_change_when_the_figures_do(story):
    """Each claim of the six sentences turns with the sign of its figure."""
    today, half, twice = story.steps
    assert "no rise" not in coverage_sentence(replace(story.newcomers_only, without_levy=0.4))
    assert "none with one" in coverage_sentence(replace(story.newcomers_only, with_levy=None))

    def told(first=today, second=half, third=twice, **changes):
        changed = replace(story, steps=(first, second, third), **changes)
        return corridor_sentences(changed, "Spain", "Morocco")

    assert "both gain" not in told(first=replace(today, payoffs=(-0.1, 1.0)))[1]
    assert "incomes fall by" in told(second=replace(half, sums=replace(half.sums, income=-1.0)))[2]
    assert "gains little" not in told(second=replace(half, payoffs=(0.4, 1.0)))[3]
    assert "loses by it" in told(second=replace(half, payoffs=(-0.4, 1.0)))[3]
    assert "would lose" not in told(second=replace(half, host_alone=0.2))[3]
    assert "class harmony" in told(second=replace(half, class_="harmony"))[3]
    assert "less to gain" in told(third=replace(twice, sums=replace(twice.sums, welfare=0.1)))[4]
    assert "still gains" in told(third=replace(twice, payoffs=(0.1, 1.0)))[4]
    assert BULLY.format(host="Spain", origin="Morocco") in told()[4]
    assert "class bully" in told(third=replace(twice, host_prefers_today=False))[4]
    assert "no larger number" in told(limits=replace(story.limits, without_levy=None))[4]
    assert "No levy" in told(third=replace(twice, levy_window=None))[5]
    assert "without a levy" in told(third=replace(twice, levy_window=(0.0, 0.2)))[5]
    assert "In Spain no group" in told(levy=replace(story.levy, below_today=({}, {"capital": -0.1})))[5]


# -- pairs of countries


def test_what_is_signed_of_the_best_net_gain():
    """All of it at 0, 97 % at .2, 43 % at .3, nothing from .4 on; gross and best net rise."""
    found = compare_pairs()
    assert found.degrees == tuple(place / 10 for place in range(11))
    assert found.share_net == pytest.approx([1, 1, 0.97, 0.43] + [0] * 7, abs=0.005)
    assert found.potential_gross == pytest.approx(
        [2.21, 2.58, 3.36, 4.65, 6.57, 9.29, 12.99, 17.90, 24.29, 32.46, 42.69], abs=0.005
    )
    assert found.best_net == pytest.approx(
        [0.91, 0.93, 0.98, 1.03, 1.00, 1.00, 1.04, 1.10, 1.19, 1.31, 1.44], abs=0.006
    )
    assert found.full_net == pytest.approx(
        [0.91, 0.93, 0.98, 1.03, 0.98, 0.76, 0.25, -0.56, -1.46, -1.91, -1.19], abs=0.006
    )
    assert plain(unlike_sentences(found)) == (
        "The less alike two countries are, the more could be gained, gross and net of what moving and crowding cost, "
        "and the smaller the part that both sign. Of the best net gain equals sign all; on the way from them to a rich "
        "and a poor country they sign 97 % at 0.2, 43 % at 0.3 and nothing from 0.4 on."
    )


def test_the_sentence_on_pairs_is_not_printed_against_the_figures():
    found = compare_pairs()
    falling = tuple(reversed(found.best_net))
    assert "less alike" not in unlike_sentences(replace(found, best_net=falling))
    assert "less alike" not in unlike_sentences(replace(found, potential_gross=(1.0,) * 11))
    assert "less alike" not in unlike_sentences(replace(found, share_net=(0.5,) * 11))
    part = unlike_sentences(replace(found, share_net=(0.6, *found.share_net[1:3], *[0.3] * 8)))
    assert "equals sign 60" in part
    assert "nothing from" not in part


# -- the whole demo


def test_the_demo_is_one_screen_shorter_than_before(result):
    assert len(demo.render_demo(Screen(80), result)) <= LINES_BEFORE - SCREEN


def test_the_sentences_stand_first_and_in_their_order(result):
    shown = plain(" ".join(demo.render_demo(Screen(80), result)))
    places = [shown.index(plain(sentence)) for sentence in result.document().sentences]
    assert places == sorted(places)
    assert places[-1] < shown.index(plain(result.document().coverage)) < shown.index("2 The game")


def test_the_demo_still_shows_a_talk(result):
    shown = "\n".join(demo.render_demo(Screen(80), result))
    for part in ("The deal", "The vote at home", "Accounts in money", "offer  by", "Talks, without and with a levy"):
        assert part in shown


def test_the_accounts_of_the_deal_are_those_of_its_document(result):
    lines = demo.render_deal_accounts(Screen(80), result.signed)
    cell = result.signed.preferences.money[result.signed.package]
    figures = [f"{value:+.2f}".replace("-", "−") for value in (*cell.total, cell.income)]
    rows = [line.split()[-1] for line in lines if line and line.split()[-1][0] in "+−"]
    assert rows[:5] == figures
    assert rows[6] == f"{float(cell.welfare):+.2f}".replace("-", "−")


def test_the_document_has_figures_and_sentences(result):
    told = result.to_dict()
    assert told["story"]["corridor"] == "MAR-ESP"
    assert [step["class"] for step in told["story"]["steps"]] == ["stag-hunt", "stag-hunt", "bully"]
    assert len(told["sentences"]) == 6
    assert told["coverage"].startswith("If the treaty reaches newcomers only")
