// Streamlit keeps the scroll position when a page becomes another; a person wants to begin at its top.
let shown;

export default function ({ data }) {
  if (shown !== undefined && shown !== data.view) document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  shown = data.view;
}
