"""The script Streamlit runs for every page. It stands apart from `coach/ui/pages`: Streamlit takes a folder
called `pages` beside its script for pages of its own."""

from coach.ui.app import draw

draw()
