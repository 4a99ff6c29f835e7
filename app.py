"""The entry script of the Streamlit app: style sheet, logo and navigation between the pages.

`winset app` runs it; without the command line it is `streamlit run app.py`.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import views
from views import page_widgets
from views.style import theme
from views.wording import negotiate as negotiate_wording
from views.wording import screen
from views.wording.translation import translate

PAGES = Path(views.__file__).with_name("pages")

st.set_page_config("Winset", theme.asset("mark.svg").decode(), layout="wide")
page_widgets.serve_fonts()
st.html(f"<style>{theme.style_sheet()}</style>")
st.logo(theme.logo(), size="medium")
explore = st.Page(PAGES / "explore.py", title=translate(screen.TITLE), url_path="", default=True)
negotiate = st.Page(PAGES / "negotiate.py", title=translate(negotiate_wording.TITLE))


def redirect_explore() -> None:
    """Redirect the address /explore to the default page, with its query.

    The default page itself has the address / only.
    """
    st.switch_page(explore, query_params={key: st.query_params.get_all(key) for key in st.query_params})


hidden = st.Page(redirect_explore, url_path="explore", visibility="hidden")
page = st.navigation([explore, negotiate, hidden], position="top")
if page is not hidden:
    page_widgets.carry_address(page.url_path)
page.run()
