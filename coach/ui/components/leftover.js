// Shows what was typed in a round and never sent, once the round is over: to be copied, until it is dismissed.
export default function ({ data, parentElement }) {
  const page = parentElement.querySelector(".leftover");
  const drafts = storage.keys(`${DRAFTS}${data.round}.`);
  const texts = drafts.map((key) => storage.get(key)?.trim()).filter((text) => text && text !== data.saved);
  const words = [...new Set(texts)].join("\n\n");
  if (!words) storage.drop((key) => drafts.includes(key));
  page.hidden = !words;
  page.querySelector("pre").textContent = words;
  page.querySelector(".copy").onclick = () => navigator.clipboard?.writeText(words);
  page.querySelector(".dismiss").onclick = () => {
    storage.drop((key) => drafts.includes(key));
    page.hidden = true;
  };
}
