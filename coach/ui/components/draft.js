// Keeps what is being typed in this browser, so that a reload or a crash brings it back, and puts the cursor into a
// new answer box. A draft belongs to a round, a tab and the answers saved before it: two tabs do not overwrite each
// other. What was typed and not sent when the answers moved on goes into the new box.
const FINE = matchMedia("(pointer: fine)");
const VALUE = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
const OURS = 'h1, [class*="st-key-answer-"], [data-testid="stFormSubmitButton"]';

const tab = () => {
  try {
    const known = sessionStorage.getItem("coach.tab") ?? crypto.randomUUID();
    sessionStorage.setItem("coach.tab", known);
    return known;
  } catch {
    return "tab";
  }
};

/** What a draft holds beyond the answer that was saved last. */
const beyond = (draft, saved) => {
  const text = draft.trim();
  if (text === saved) return "";
  return saved && text.startsWith(saved) ? text.slice(saved.length).trim() : draft;
};

const write = (box, text) => {
  VALUE.set.call(box, text); // past React, which hears of it by the event
  box.dispatchEvent(new Event("input", { bubbles: true }));
};

export default function ({ data, parentElement }) {
  const round = `${DRAFTS}${data.round}.`;
  const mine = `${round}${tab()}.`;
  const here = mine + data.answers;
  const selector = `.st-key-answer-${data.answers} textarea`;

  const left = storage.keys(mine).filter((key) => key !== here);
  const carried = left.map((key) => beyond(storage.get(key) ?? "", data.saved)).filter(Boolean);
  const elsewhere = storage.keys(round).filter((key) => !key.startsWith(mine) && key.endsWith(`.${data.answers}`));
  const draft = storage.get(here) ?? [...carried, ...elsewhere.map((key) => storage.get(key))].find(Boolean);
  if (draft) storage.set(here, draft);
  storage.drop((key) => left.includes(key));
  const tend = () => {
    const box = document.querySelector(selector);
    const text = box && !box.value && storage.get(here);
    if (text) write(box, text); // whenever the box is new, or was drawn anew, and stands empty
  };
  whenThere(selector, tend);
  let isOver = !FINE.matches || !data.takesFocus;
  holdFocus(
    () => document.querySelector(selector),
    (at) => at.closest(OURS),
    () => isOver,
  );

  const keep = (event) => {
    if (event.target.matches?.(selector)) storage.set(here, event.target.value);
  };
  document.addEventListener("input", keep);
  const tending = setInterval(tend, 400);
  return mounted(parentElement, () => {
    isOver = true;
    clearInterval(tending);
    document.removeEventListener("input", keep);
  });
}
