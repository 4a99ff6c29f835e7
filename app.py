"""The front door: looks, logo and navigation over the page files, nothing else.

`winset app` starts it; by hand it is `streamlit run app.py`.
"""

from __future__ import annotations

from pathlib import Path

import streamlit as st

import views
from views import looks, table_words, widgets, words

PAGES = Path(views.__file__).with_name("pages")

st.set_page_config("Winset", looks.asset("mark.svg").decode(), layout="wide")
widgets.serve_fonts()
st.html(f"<style>{looks.style_sheet()}</style>")
st.logo(looks.asset(f"logo-{widgets.mode()}.svg").decode(), size="medium")
pages = [
    st.Page(PAGES / "explore.py", title=words.TITLE, default=True),
    st.Page(PAGES / "negotiate.py", title=table_words.TITLE),
]
page = st.navigation(pages, position="top")
widgets.carry_address(page.url_path)
page.run()
