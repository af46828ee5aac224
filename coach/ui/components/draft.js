// Keeps what is being typed in this tab's sessionStorage, so that a reload brings it back, and puts the cursor
// into a new answer box. A box is told apart by the round and the answers saved before it.
const FINE = matchMedia("(pointer: fine)");
const VALUE = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
const OURS = '[class*="st-key-answer-"], [data-testid="stFormSubmitButton"]';
const CLEANUPS = new WeakMap();

const whenThere = (selector, then, tries = 60) => {
  const box = document.querySelector(selector);
  if (box) then(box);
  else if (tries) requestAnimationFrame(() => whenThere(selector, then, tries - 1));
};

export default function ({ data, parentElement }) {
  const prefix = `coach.draft.${data.round}.`;
  const mine = prefix + data.answers;
  const selector = `.st-key-answer-${data.answers} textarea`;

  CLEANUPS.get(parentElement)?.();
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(prefix) && key !== mine) sessionStorage.removeItem(key);
  }
  whenThere(selector, (box) => {
    const draft = sessionStorage.getItem(mine);
    if (draft && !box.value) {
      VALUE.set.call(box, draft); // past React, which hears of it by the event
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    const at = document.activeElement;
    if (FINE.matches && (at === document.body || at?.closest(OURS))) box.focus({ preventScroll: true });
  });

  const keep = (event) => {
    if (event.target.matches?.(selector)) sessionStorage.setItem(mine, event.target.value);
  };
  document.addEventListener("input", keep);
  const cleanup = () => document.removeEventListener("input", keep);
  CLEANUPS.set(parentElement, cleanup);
  return cleanup;
}
