"""The pages of the screen: scripts that Streamlit runs, each under one question."""
