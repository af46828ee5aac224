// While the server does not answer, Streamlit switches every box off. The answer box stays on: its words are kept in
// this browser, to be sent when the server is back.
export default function ({ data, parentElement }) {
  const strip = parentElement.querySelector(".lifeline");
  const app = document.querySelector("[data-testid=stApp]");
  const isLost = () => app?.dataset.testConnectionState && app.dataset.testConnectionState !== "CONNECTED";
  let timer = 0;

  const look = () => {
    const box = document.querySelector('[class*="st-key-answer-"] textarea');
    if (isLost() && box?.disabled) {
      box.disabled = false;
      if (document.activeElement === document.body) box.focus({ preventScroll: true });
    }
    if (!isLost()) {
      clearTimeout(timer);
      timer = 0;
      strip.hidden = true;
    } else if (!timer) {
      timer = setTimeout(() => {
        strip.textContent =
          `Coach has stopped answering; trying again. ${data.kept} and what you type here are kept: go on typing. ` +
          "If it does not come back, start it again with `coach run` or `make run` and reload this page.";
        strip.hidden = false;
      }, 1_500);
    }
  };
  const watch = new MutationObserver(look);
  watch.observe(document.body, { subtree: true, attributeFilter: ["data-test-connection-state", "disabled"] });
  look();
  return mounted(parentElement, () => {
    clearTimeout(timer);
    watch.disconnect();
  });
}
