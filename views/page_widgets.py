"""What every Streamlit page needs of the browser: fonts, the address of each page, and the colour mode."""

from __future__ import annotations

from importlib.resources import files

import streamlit as st
from streamlit.components.v1 import declare_component

from views.style.theme import Mode

PAGE, ADDRESSES = "page", "addresses"
"""Keys of the session state: the page that is shown, and the last address of every page."""


def serve_fonts() -> None:
    """Make Streamlit serve the font files of the folder `views/style/static` under the address `theme.FONTS_URL`.

    Streamlit's own static folder must stand beside the script, and an installed wheel has none there. So the folder is
    declared as that of a component, which can be anywhere. The component itself is never shown.
    """
    declare_component("fonts", path=str(files("views.style") / "static"))


def carry_address(page: str) -> None:
    """Restore the query of a page's address when the reader comes back to the page, else store it for later.

    The links of the navigation hold no query: without this function, a change to Explore and back would end the talks.
    An address with a query that the reader opens has precedence over the stored one.
    """
    state = st.session_state
    kept: dict[str, dict[str, str]] = state.setdefault(ADDRESSES, {})
    changed = state.get(PAGE) != page
    state[PAGE] = page
    if changed and not st.query_params:
        st.query_params.from_dict(kept.get(page, {}))
    else:
        kept[page] = st.query_params.to_dict()


def mode() -> Mode:
    """Return the colour mode of the reader's system: "dark" or "light"."""
    return "dark" if st.context.theme.type == "dark" else "light"
