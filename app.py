"""`streamlit run app.py` starts the app; `coach run` does the same from anywhere."""

from coach.ui.app import draw

draw()
