"""The colours can be told apart, the theme is the tokens, and the style sheet survives Streamlit's sanitiser."""

import re
import tomllib
from importlib.resources import files

import pytest

from views.style import theme as style_theme

CONFIG = tomllib.loads(files("views.style").joinpath("streamlit_config.toml").read_text(encoding="utf-8"))
MODES = ("light", "dark")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ["ink", "muted", *(f"{role}_text" for role in style_theme.ROLES)])
def test_words_can_be_read_on_paper_and_on_surface(mode, name):
    colours = style_theme.TOKENS[mode]
    assert min(style_theme.contrast(colours[name], colours[ground]) for ground in ("paper", "surface", "raised")) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("role", [role for role in style_theme.ROLES if role != "alert"])
def test_marks_can_be_seen_on_paper(mode, role):
    colours = style_theme.TOKENS[mode]
    assert style_theme.contrast(colours[role], colours["paper"]) >= 3


def test_contrast_of_black_and_white_is_the_largest_there_is():
    assert style_theme.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert style_theme.contrast("#777777", "#777777") == 1


@pytest.mark.parametrize("mode", MODES)
def test_the_theme_of_streamlit_is_made_of_the_tokens(mode):
    colours, theme = style_theme.TOKENS[mode], CONFIG["theme"][mode]
    assert theme["primaryColor"] == theme["textColor"] == theme["linkColor"] == colours["ink"]
    assert theme["backgroundColor"] == colours["paper"]
    assert theme["secondaryBackgroundColor"] == colours["surface"]
    assert theme["borderColor"] == colours["rule"]
    assert theme["chartCategoricalColors"] == [colours[role] for role in style_theme.ROLES]


def test_the_style_sheet_holds_no_less_than_sign():
    """Streamlit's sanitiser drops a sheet with one, silently."""
    assert "<" not in style_theme.style_sheet()


def test_every_variable_of_the_style_sheet_is_a_token_or_set_beside_its_use():
    used = set(re.findall(r"var\(--([a-z0-9-]+)", style_theme.style_sheet()))
    assert used - {name.replace("_", "-") for name in style_theme.LIGHT} <= {"c", "from", "share", "zero"}


def test_every_colour_of_a_chart_follows_the_mode_whichever_it_was_drawn_in():
    """A colour that meant two things could not be turned."""
    turned = {}
    for name, light in style_theme.LIGHT.items():
        for colour in {light, style_theme.DARK[name]}:
            assert turned.setdefault(colour, (light, style_theme.DARK[name])) == (light, style_theme.DARK[name])
    rules = style_theme.chart_colours()
    for light, dark in {pair for pair in turned.values() if pair[0] != pair[1]}:
        for colour in (light, dark):
            channels = ", ".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
            for kind in ("fill", "stroke"):
                assert f'[style*="{kind}: rgb({channels})"]' in rules


def test_every_face_has_its_file_and_every_family_its_licence():
    for name in re.findall(rf"{style_theme.FONTS_URL}/([a-z-]+\.woff2)", style_theme.font_faces()):
        assert style_theme.asset(name).startswith(b"wOF2")
    for licence in ("LICENSE-Inter.txt", "LICENSE-SourceSerif4.txt"):
        assert b"SIL Open Font License" in style_theme.asset(licence)


def test_both_modes_know_the_same_names():
    assert style_theme.LIGHT.keys() == style_theme.DARK.keys()


@pytest.mark.parametrize("name", ["logo.svg", "mark.svg"])
def test_the_logo_is_outlined_and_takes_nothing_from_elsewhere(name):
    picture = style_theme.asset(name).decode()
    assert "<text" not in picture
    assert "href" not in picture


def test_the_logo_has_the_colours_of_both_modes_and_turns_by_itself():
    picture = style_theme.logo()
    dark = picture.split("@media (prefers-color-scheme: dark)")[1].split("</style>")[0]
    for name in ("host", "origin", "agreement", "ink"):
        assert f'fill="{style_theme.LIGHT[name]}"' in picture
        assert f'[fill="{style_theme.LIGHT[name]}"]{{fill:{style_theme.DARK[name]}}}' in dark
