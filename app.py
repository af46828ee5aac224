"""`streamlit run app.py` starts the app; `coach run` does the same from anywhere."""

import streamlit as st

from coach.ui.serving import MIDDLEWARE, SCRIPT, lifespan

app = st.App(SCRIPT, middleware=MIDDLEWARE, lifespan=lifespan)
