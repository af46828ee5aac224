"""One file a page: TITLE as shown, PLACE in the menu (lowest first), and what is drawn when Streamlit runs it."""
