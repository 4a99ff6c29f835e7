"""What Winset calls of Plotly, and the few names that Streamlit's own types import."""

__version__: str
