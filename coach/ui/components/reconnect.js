// When the connection comes back, the server is asked to draw the page before anybody presses something in it.
export default function ({ data, parentElement, setTriggerValue }) {
  const app = document.querySelector("[data-testid=stApp]");
  const isLost = () => app.dataset.testConnectionState !== "CONNECTED";
  parentElement.querySelector("span").dataset.session = data.session;
  let wasLost = isLost();
  const watch = new MutationObserver(() => {
    if (wasLost && !isLost()) setTriggerValue("back", true);
    wasLost = isLost();
  });
  watch.observe(app, { attributeFilter: ["data-test-connection-state"] });
  return mounted(parentElement, () => watch.disconnect());
}
