"""Messages: the English text is made at once, and the same sentence can be made in another language later."""

import copy
import pickle

import pytest

from games.messages import join_messages, message, plural_message, render

PRETEND: dict[str, str] = {
    "{country} gains {amount}": "{amount} für {country}",
    "the host": "das Zielland",
    "{number} package": "{number} Paket",
    "No value": "Kein Wert",
    " and ": " und ",
}


def lookup(template: str, plural: str, number: int | None) -> str:
    """A pretend language; its plural ends in E, and it counts 0 as one thing."""
    known = PRETEND.get(template, template)
    return f"{known}e" if plural and number is not None and number > 1 else known


def test_a_message_is_its_english_text():
    found = message("{country} gains {amount}", country="Spain", amount="2 %")
    assert found == "Spain gains 2 %"
    assert isinstance(found, str)
    assert (found.template, found.values) == ("{country} gains {amount}", {"country": "Spain", "amount": "2 %"})


def test_a_message_is_made_again_in_another_language_with_its_values():
    inner = message("the host")
    found = message("{country} gains {amount}", country=inner, amount=3)
    assert found == "the host gains 3"
    assert found.render(lookup) == "3 für das Zielland"
    assert message("No value").render(lookup) == "Kein Wert"


def test_placeholders_may_be_filled_later_and_braces_in_values_are_text():
    later = message("{country} gains {amount}")
    assert later == "{country} gains {amount}"
    found = later.format(country="{x}", amount=1)
    assert found == "{x} gains 1"
    assert found.render(lookup) == "1 für {x}"
    assert later == "{country} gains {amount}"


@pytest.mark.parametrize(
    ("number", "english", "pretend"),
    [(1, "1 package", "1 Paket"), (0, "0 packages", "0 Paket"), (1200, "1,200 packages", "1,200 Pakete")],
)
def test_the_number_chooses_the_form(number, english, pretend):
    found = plural_message("{number} package", "{number} packages", number)
    assert found == english
    assert found.render(lookup) == pretend


def test_a_number_may_be_written_otherwise_and_a_plural_filled_later():
    assert plural_message("{number} package", "{number} packages", 2, number="two") == "two packages"
    found = plural_message("{number} package of {who}", "{number} packages of {who}", 2, who="Ann")
    assert found == "2 packages of Ann"
    assert found.format(number=2, who="Bob") == "2 packages of Bob"


def test_texts_in_a_row_stay_messages():
    found = join_messages(message(" and "), iter([message("No value"), "x", message("the host")]))
    assert found == "No value and x and the host"
    assert found.render(lookup) == "Kein Wert und x und das Zielland"
    assert message("{country} gains {amount}", country=found, amount=1).render(lookup).endswith("und das Zielland")
    assert join_messages(" ", []) == ""


@pytest.mark.parametrize(
    "made",
    [
        message("{country} gains {amount}", country=message("the host"), amount=1),
        message("{country} gains {amount}"),
        plural_message("{number} package", "{number} packages", 2),
        join_messages(" and ", [message("No value"), "x"]),
    ],
)
@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda made: pickle.loads(pickle.dumps(made))])
def test_copies_and_pickles_can_still_be_translated(made, again):
    other = again(made)
    assert other == made
    assert type(other) is type(made)
    assert other.render(lookup) == made.render(lookup)


@pytest.mark.parametrize("value", ["a text", 3, None])
def test_what_is_no_message_is_not_translated(value):
    assert render(value, lookup) is value
