"""The pages of the screen: scripts that Streamlit runs. Each page answers one question."""
