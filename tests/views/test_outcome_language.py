"""What is said of talks in another language: every sentence is translated, and a new tactic or ladder needs no view."""

import ast
import re
from dataclasses import replace
from gettext import NullTranslations

import pytest

from agents import simulate
from economy.account_names import ACCOUNTS
from games.messages import Message, message
from negotiation.agenda.ladders import ladder, ladders
from negotiation.outcome.metrics import TotalGain
from negotiation.protocols.moves import Accept, Hold, Offer, PhaseEnd, Reject, Request, Shock, Vote, Walk, Withdraw
from negotiation.protocols.state import Ending, Phase
from negotiation.ratification.compensation import NO_LOSER, NO_VOTE, PASSES
from negotiation.tactics.registry import REGISTRY, TACTICS, Tactic
from scenarios.reading import read
from tests.source_tree import python_files
from views.text.layout import Screen
from views.text.outcome import render_deal_summary, render_outcome
from views.wording import debrief_sentences, endings, negotiate
from views.wording.translation import translate, use_language

BREAKDOWN = Ending("breakdown", 0, "why", 3)
REFUSED = Ending("not ratified", 0, "why", 3)
SIGNED = Ending("agreement", None, "why", 3)

POINTS = TotalGain(possible=2.0, parts={"A": 2.0}, cost_of_moving=None, signable=1.0, realised=0.0)
MONEY = replace(POINTS, parts={"A": 3.0}, cost_of_moving=1.0)


class Capitals(NullTranslations):
    """A language that is English in capitals."""

    def gettext(self, message):
        return "".join(part if part.startswith("{") else part.upper() for part in re.split(r"(\{\w+\})", message))

    def ngettext(self, msgid1, msgid2, n):
        return self.gettext(msgid1 if n == 1 else msgid2)


def untranslated(text):
    with use_language(Capitals()):
        return re.findall(r"[a-z]{3,}", translate(text))


SAID = [
    *(
        endings.vote_forecast(1, 2, "SUDORA", passes=passes, left=left, failed=10, is_last=last)
        for passes, left, last in [(True, 1, False), (False, 0, False), (False, 1, False), (False, 1, True)]
    ),
    *(
        endings.vote_failure_sentences(signer, [endings.VoteCount(None, 1, 2), endings.VoteCount("SUDORA", 1, 2)], 2)
        for signer in (None, "SUDORA")
    ),
    endings.last_turn("SUDORA"),
    *(
        endings.ending_sentences(ended, who, how, 1.0, 1)
        for ended in (BREAKDOWN, REFUSED, SIGNED)
        for who in (None, "SUDORA")
        for how in ("walk", "vote", "time")
    ),
    *(endings.ending_between_tactics(each, "SUDORA", how) for each in (BREAKDOWN, REFUSED) for how in ("walk", "time")),
    *(endings.breakdown_sentence(gain, 1, 1, left=False) for gain in (None, -1.0, 1.0)),
    *(endings.breakdown_sentence(1.0, 0, 1, left=left) for left in (True, False)),
    endings.refusal_sentence(1.0, 1),
    endings.red_lines_crossed_sentence(["A LIMIT.", message("another limit.")]),
    *(debrief_sentences.signable_sentence(count, within, 9) for count, within in [(0, 0), (2, 0), (2, 1), (2, 2)]),
    debrief_sentences.share_text(None),
    *(question.format(other="SUDORA") for question in debrief_sentences.QUESTIONS),
    *(debrief_sentences.first_question("A", own, "B", theirs, 1) for own in (0.0, 1.0) for theirs in (0.0, 1.0)),
    *(debrief_sentences.absent_sentence("+1", sent) for sent in (None, "1")),
    *(debrief_sentences.total_gain_sentences(gain, "THEY", "%") for gain in (POINTS, MONEY)),
    *(debrief_sentences.total_gain_facts(gain, "THEY", "%")[0][0] for gain in (POINTS, MONEY)),
    negotiate.NOT_SEATED,
    negotiate.IN_FORCE,
    negotiate.stake_sentence(0.5, 9),
    negotiate.lines_in_every_text([("A", "B"), ("C", "D")]),
    *(negotiate.stage(phase, number, 3) for phase in Phase for number in (1, 3)),
    *(negotiate.opening_answer(phase, "SUDORA") for phase in (Phase.REQUEST, Phase.OFFER)),
    *(negotiate.table_answer("SUDORAS", gain, passes=True, digits=1) for gain in (None, 0.0, -1.0, 1.0)),
    negotiate.table_answer("SUDORAS", 1.0, passes=False, digits=1),
    *(negotiate.verdict_at_home(passes, 1, 2) for passes in (True, False)),
    *(negotiate.turning_sentences(group, (), reason, 1) for group in ("A", None) for reason in (NO_LOSER, NO_VOTE)),
    negotiate.turning_sentences(None, [("A", 1.0), ("B", 2.0), ("C", 3.0)], None, 1),
    *(negotiate.reply_sentence(move, "SUDORA") for move in (Reject(0), Withdraw(0), Hold(0))),
    negotiate.about("A", message("no deal")),
    *(negotiate.column_heading("A", asking=asking) for asking in (True, False)),
    negotiate.signature_sentences("+1", "SUDORAS"),
    negotiate.meter_heading(9),
    negotiate.both_meter_heading(9),
    *(
        negotiate.describe_move(move, ("SUDORA",), {"X": "A STORM"})
        for move in (PhaseEnd(message("time")), Shock("X"), Vote(0, 0, 1), Offer(0, 1), Accept(0), Walk(0, ""))
    ),
    negotiate.describe_move(Request(0, ()), ("SUDORA",), {}),
    *negotiate.REASONS,
    *negotiate.FAULTS.values(),
    *negotiate.STEPS.values(),
]


@pytest.mark.parametrize("text", SAID, ids=str)
def test_every_sentence_of_the_page_is_translated(text):
    assert re.search("[A-Za-z]", text)
    assert untranslated(text) == []


def test_reasons_against_a_compensation_are_sentences():
    assert set(negotiate.NO_COMPENSATION) == {PASSES, NO_VOTE, NO_LOSER}
    for reason, sentence in negotiate.NO_COMPENSATION.items():
        assert sentence == f"{reason[0].upper()}{reason[1:]}."


@pytest.mark.parametrize("case", ["three-purses", "one-way-flow", "morocco-spain"])
def test_an_outcome_in_another_language_keeps_names_and_texts_of_the_case_only(case):
    found = read(case)
    told = simulate(found, 0)
    with use_language(Capitals()):
        lines = [translate(line) for line in render_outcome(Screen(400), told)]
        lines += [translate(line) for line in render_deal_summary(Screen(400), told.document())]
    document = told.document()
    own = " ".join([case, *told.preferences.parties, *sum(told.preferences.groups, ()), *found.shock_texts.values()])
    own += " ".join([*found.shock_texts, document.value_unit, *ACCOUNTS, *document.notes])
    kept = set(re.findall(r"[a-z]{3,}", own))
    assert {word for line in lines for word in re.findall(r"[a-z]{3,}", line)} <= kept


def test_no_view_names_a_tactic_and_no_view_of_talks_names_a_ladder():
    for file in python_files():
        texts = {node.value for node in ast.walk(file.tree) if isinstance(node, ast.Constant)}
        path = file.path.as_posix()
        if path.startswith("views/"):
            assert not texts & set(TACTICS), path
        if path.startswith(("views/negotiate/", "views/text/", "views/wording/negotiate.py")):
            assert not texts & set(ladders()), path


def test_a_new_tactic_and_a_new_ladder_bring_their_words_along():
    tactic = Tactic("new", message("New"), message("waits"), "Nobody (2000)", REGISTRY["linear"].parts)
    assert tactic.description == "New: waits"
    assert isinstance(tactic.description, Message)
    assert negotiate.line(ladder("tax_share")) == ladder("tax_share").short_name == "Levy on pay abroad"
    assert negotiate.short_level(ladder("tax_share"), 3) == "10\u00a0%"
    assert negotiate.short_level(ladder("family"), 1) == ladder("family").plain[1]
