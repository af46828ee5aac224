"""`streamlit run app.py` starts the app; `coach run` does the same from anywhere."""

import streamlit as st

from coach.ui.serving import MIDDLEWARE, SCRIPT, lifespan
from coach.ui.serving.voice import ROUTES

app = st.App(SCRIPT, routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan)
